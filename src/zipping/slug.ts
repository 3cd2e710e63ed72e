import anyAscii from 'any-ascii';

/** Words that carry nothing in a file name: what emoji and symbols are transliterated to is dropped. */
const NOT_A_LETTER = /[^\p{L}\p{N}\p{M}\s]+/gu;

/**
 * A title in any script as lower-case ASCII words joined by hyphens, e.g. `Über 熊猫!` → `uber-xiongmao`.
 * Nothing but `a-z`, `0-9` and single inner hyphens comes out.
 *
 * @param maxLength in characters; a cut falls between words where it can
 * @returns the slug, empty when nothing of the title can be written in ASCII
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
  // A first word longer than half of the room is cut inside: better a part of it than nothing.
  const end = lastHyphen > maxLength / 2 ? lastHyphen : maxLength;
  return cut.slice(0, end).replace(/-$/, '');
}
