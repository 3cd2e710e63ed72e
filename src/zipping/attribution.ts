import type { Candidate } from '../jobs/candidate.js';
import { licenceNameIn } from '../jobs/wording/licence-name.js';

const PUBLIC_DOMAIN = /^(?:cc0\b|cc zero|pdm\b|public domain|no (?:known )?copyright)/i;

/**
 * The credit line of an image as its licence asks for: title, author, source and licence in one line, e.g.
 * `“Red panda” by Ann (https://…) is licensed under CC BY 4.0 (https://…)`.
 * @returns null if no licence is known, since the image may then not be usable at all
 * @see https://wiki.creativecommons.org/wiki/Recommended_practices_for_attribution
 */
export function attributionOf(
  candidate: Pick<Candidate, 'title' | 'site' | 'pageUrl' | 'licence'>,
): string | null {
  const { title, site, pageUrl, licence } = candidate;
  const name = licence?.name ?? licenceNameIn(licence?.url ?? null);
  if (licence === null || (name === null && licence.url === null)) return null;
  const work = title === null ? 'This image' : `“${title}”`;
  const author = licence.credit ?? site;
  const by = author === null ? '' : ` by ${author}`;
  const link = licence.url === null ? '' : ` (${licence.url})`;
  return oneLine(`${work}${by}${pageUrl === null ? '' : ` (${pageUrl})`} is ${termsOf(name)}${link}`);
}

function termsOf(name: string | null): string {
  if (name === null) return 'licensed under these terms';
  return PUBLIC_DOMAIN.test(name) ? `in the public domain: ${name}` : `licensed under ${name}`;
}

/** The text without line breaks and other control characters, with single spaces. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}
