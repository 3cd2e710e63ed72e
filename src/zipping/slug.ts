import anyAscii from 'any-ascii';

/** Symbols and emoji are dropped, because their transliterations mean nothing in a file name. */
const NOT_A_LETTER = /[^\p{L}\p{N}\p{M}\s]+/gu;

/**
 * Converts a title in any script to lower-case ASCII words joined by hyphens, e.g. `Über 熊猫!` →
 * `uber-xiongmao`. The result contains only `a-z`, `0-9` and single inner hyphens.
 *
 * @param maxLength in characters; cuts between words if possible
 * @returns the slug; empty if no part of the title can be written in ASCII
 */
export function slug(title: string, maxLength: number): string {
  const words = anyAscii(title.replace(NOT_A_LETTER, ' '))
    .toLowerCase()
    .replace(/['`]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return words.length <= maxLength ? words : shorten(words, maxLength);
}

function shorten(words: string, maxLength: number): string {
  const cut = words.slice(0, maxLength + 1);
  const lastHyphen = cut.lastIndexOf('-');
  // Cuts inside a word if the cut between words would lose more than half of the length.
  const end = lastHyphen > maxLength / 2 ? lastHyphen : maxLength;
  return cut.slice(0, end).replace(/-$/, '');
}
