import anyAscii from 'any-ascii';

/**
 * Characters that mean nothing in a file name, such as emoji and symbols, whose transliteration is dropped.
 */
const NOT_A_LETTER = /[^\p{L}\p{N}\p{M}\s]+/gu;

/**
 * A title in any script as lower-case ASCII words joined by hyphens, e.g. `Über 熊猫!` → `uber-xiongmao`.
 * Contains only `a-z`, `0-9` and single inner hyphens.
 * @param maxLength in characters; cuts between words if possible
 * @returns the slug, empty if nothing of the title can be written in ASCII
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
  // A first word longer than half the length is cut inside: a part of it is better than nothing.
  const end = lastHyphen > maxLength / 2 ? lastHyphen : maxLength;
  return cut.slice(0, end).replace(/-$/, '');
}
