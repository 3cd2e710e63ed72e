import type { Candidate } from '../jobs/candidate.js';

/** Fewer results than this cannot be judged. */
export const ENOUGH_RESULTS = 20;
/** Titles and addresses are cut to this length, in UTF-16 units. */
const LOOKED_AT = 500;
/** The least share of results with one of the words in an honest answer. */
export const RELATED_SHARE = 0.05;

/**
 * Whether results are related to the query, judged by their titles and addresses. Engines sometimes answer an
 * unwelcome parameter with random results.
 * @returns true as well if there are too few results, or no words to compare
 */
export function areRelated(
  candidates: readonly Pick<Candidate, 'title' | 'pageUrl' | 'imageUrl'>[],
  query: string,
): boolean {
  const words = wordsOf(query);
  if (candidates.length < ENOUGH_RESULTS || words.length === 0) return true;
  const isRelated = ({ title, pageUrl, imageUrl }: (typeof candidates)[number]): boolean => {
    const said = folded([title, pageUrl, imageUrl].map((text) => text?.slice(0, LOOKED_AT)).join(' '));
    return words.some((word) => said.includes(word));
  };
  return candidates.filter(isRelated).length >= candidates.length * RELATED_SHARE;
}

/** The first two characters represent a word in a script without spaces. */
function wordsOf(query: string): string[] {
  const words = folded(query).match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.map((word) =>
    /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u.test(word) ? word.slice(0, 2) : word,
  );
}

function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
