import type { LicenceHint } from '../../jobs/candidate.js';
import { licenceNameIn } from '../../jobs/wording/licence-name.js';
import { beginningIn, urlIn } from '../shapes.js';

/** More creators of one image are a mistake. */
const MOST_CREATORS = 20;

/**
 * Reads the licence of a record: `[…, [landing page, licence page, 1, provider, 0, [creators], credit line,
 * copyright notice]]` at index 11. The same key has held other data (goods for sale), so the shape decides.
 */
export function readLicence(value: unknown): LicenceHint | null {
  if (!Array.isArray(value)) return null;
  const data: unknown = value[11];
  if (!Array.isArray(data)) return null;
  const [landing, licence]: unknown[] = data;
  const url = urlIn(licence) ?? urlIn(landing);
  const credit = creditIn(data);
  return url === null && credit === null ? null : { name: licenceNameIn(url), url, credit };
}

/** Creators first, as in photo credits: `Ann, Bob / Agency`. No name is repeated. */
function creditIn([, , , provider, , creators, creditLine, copyright]: readonly unknown[]): string | null {
  const named = [creators].flat().slice(0, MOST_CREATORS).map(beginningIn);
  const owner = beginningIn(copyright) ?? beginningIn(creditLine) ?? beginningIn(provider);
  const unsaid = named.filter((name) => name !== null && !contains(owner, name));
  const makers = [...new Set(unsaid)].join(', ');
  if (makers === '') return owner;
  return owner === null || contains(makers, owner) ? makers : `${makers} / ${owner}`;
}

function contains(text: string | null, part: string): boolean {
  return text?.toLowerCase().includes(part.toLowerCase()) ?? false;
}
