/** A mark that opens and closes alike is an inch sign or an apostrophe if it touches a word from outside. */
const outsideWords = (phrase: string): string => String.raw`(?<![\p{L}\p{M}\p{N}])${phrase}(?![\p{L}\p{N}])`;

/**
 * Source of an expression for a phrase in quotes, for the flags `iu`: in plain or curly ones, or in those of
 * French, German, Danish, Swedish or Japanese. A quote without its other half opens nothing.
 */
export const QUOTED_PHRASE = [
  outsideWords('"[^"]*"'),
  outsideWords('＂[^＂]*＂'),
  '“[^“”]*”',
  '„[^„“”]*[“”]',
  '«[^«»]*»',
  outsideWords('”[^“”]*”'),
  outsideWords('»[^«»]*«'),
  '「[^「」]*」',
  '『[^『』]*』',
].join('|');

const QUOTED_PHRASES = new RegExp(QUOTED_PHRASE, 'gu');
/** Private-use characters, each of which can stand for a phrase. */
const FIRST_MARK = 0xe000;
const MARKS = 0x1900;

/** A text in which one character stands for each phrase in quotes, so that the phrase is not parsed. */
export interface MaskedText {
  readonly text: string;
  /** Whether `character` stands for a phrase. */
  readonly isMark: (character: string) => boolean;
  /** Puts the phrases back, with their quotes. */
  readonly restore: (text: string) => string;
}

/** Masks the phrases in quotes of `text`. */
export function maskPhrases(text: string): MaskedText {
  const free = freeMarks(text);
  const phrases = new Map<string, string>();
  const masked = text.replace(QUOTED_PHRASES, (phrase) => {
    const mark = free.next().value;
    if (mark === undefined) return phrase;
    phrases.set(mark, phrase);
    return mark;
  });
  return {
    text: masked,
    isMark: (character) => phrases.has(character),
    restore: (part) => [...part].map((character) => phrases.get(character) ?? character).join(''),
  };
}

function* freeMarks(text: string): Generator<string, undefined> {
  for (let offset = 0; offset < MARKS; offset += 1) {
    const mark = String.fromCharCode(FIRST_MARK + offset);
    if (!text.includes(mark)) yield mark;
  }
}
