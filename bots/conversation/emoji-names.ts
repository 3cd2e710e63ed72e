import slackNames from 'emojibase-data/en/shortcodes/iamcal.json' with { type: 'json' };

/** Adjacent names between colons, e.g. `:wave::skin-tone-3:`. */
const NAMES = /(?::[\p{L}\p{M}\p{N}_+'-]+:)+/gu;
/** Emoji of a Discord server, e.g. `<:party_parrot:1234567890123456789>`; an `a` marks animated emoji. */
const SERVER_EMOJI = /<a?:([\w~]+):\d{15,21}>/gu;
const SKIN_TONE = /^skin-tone-[2-6]/u;
const WORD_CHARACTER = /[\p{L}\p{N}]/u;
/**
 * Letters and digits of scripts that separate words by spaces; other scripts need no space beside an emoji.
 */
const ATTACHED = /[\w:]/u;
/** Behind a letter or a digit, a short name or a number is probably no emoji, e.g. `a:b:` or `16:9:`. */
const MIN_LENGTH_IN_WORD = 3;

/** Slack's names of emoji, with their code points in hexadecimal, e.g. `1F468-200D-1F33E`. */
const CODE_POINTS = new Map(
  Object.entries(slackNames).flatMap(([codePoints, names]) =>
    [names].flat().map((name) => [name, codePoints] as const),
  ),
);

/**
 * Turns the emoji names of a Slack text back into emoji; Slack sends names instead of typed emoji. Custom
 * emoji of a workspace become the words of their names. Other text with colons, such as `10:30:45`, stays.
 * @see https://docs.slack.dev/messaging/formatting-message-text#emoji
 */
export function withEmoji(text: string): string {
  return text.replace(NAMES, (all, at: number, whole: string) => readNames(all, ...around(all, at, whole)));
}

/**
 * Replaces the custom emoji of a Discord server by the words of their names.
 * @see https://discord.com/developers/docs/reference#message-formatting
 */
export function withServerEmoji(text: string): string {
  return text.replace(SERVER_EMOJI, (all, name: string, at: number, whole: string) =>
    apart(wordsOf(name), ...around(all, at, whole)),
  );
}

/** The characters before and after a part of a text; '' at the ends. */
function around(part: string, at: number, whole: string): [before: string, behind: string] {
  return [whole.charAt(at - 1), whole.charAt(at + part.length)];
}

function readNames(all: string, before: string, behind: string): string {
  const names = all.split(':').filter((name) => name !== '');
  const areMeant = ATTACHED.test(before)
    ? names.every(isUnmistakable) && !ATTACHED.test(behind)
    : names.every(ATTACHED.test(behind) ? isKnown : isName);
  if (!areMeant) return all;
  const text = joined(names);
  return names.every(isKnown) ? text : apart(text, before, behind);
}

/** Joins emoji without spaces, as typed, and words with spaces. */
function joined(names: readonly string[]): string {
  const pieces: string[] = [];
  for (const name of names) {
    const last = pieces.at(-1);
    const codePoints = CODE_POINTS.get(name);
    if (last !== undefined && SKIN_TONE.test(name)) pieces.splice(-1, 1, toned(last, name));
    else pieces.push(codePoints === undefined ? ` ${wordsOf(name)} ` : emojiOf(codePoints));
  }
  return pieces.join('').replace(/ {2,}/gu, ' ').trim();
}

function isKnown(name: string): boolean {
  return CODE_POINTS.has(name) || SKIN_TONE.test(name);
}

function isName(name: string): boolean {
  return isKnown(name) || /\p{L}/u.test(name);
}

function isUnmistakable(name: string): boolean {
  return isKnown(name) && name.length >= MIN_LENGTH_IN_WORD && /\p{L}/u.test(name);
}

function emojiOf(codePoints: string): string {
  const emoji = String.fromCodePoint(...codePoints.split('-').map((hex) => Number.parseInt(hex, 16)));
  // The selector shows a sign that is also a letter or a symbol as a picture; keyboards send it too.
  return /^\P{Emoji_Presentation}$/u.test(emoji) ? `${emoji}\uFE0F` : emoji;
}

/** An emoji in a skin tone, if it has skin tones; of two tones for two people, the first. */
function toned(emoji: string, tone: string): string {
  const codePoints = CODE_POINTS.get(SKIN_TONE.exec(tone)?.[0] ?? '');
  if (codePoints === undefined) return emoji;
  return emoji.replace(
    /(\p{Emoji_Modifier_Base})\uFE0F?((?:\u200D[^\u200D]+)*)$/u,
    (_all, base: string, rest: string) => `${base}${emojiOf(codePoints)}${rest}`,
  );
}

function wordsOf(name: string): string {
  return name.replace(/[_~-]+/gu, ' ').trim();
}

/** Adds spaces around words that touch other words. */
function apart(words: string, before: string, behind: string): string {
  return `${WORD_CHARACTER.test(before) ? ' ' : ''}${words}${WORD_CHARACTER.test(behind) ? ' ' : ''}`;
}
