import anyAscii from 'any-ascii';
import type { Candidate } from '../jobs/candidate.js';
import { ENOUGH_RESULTS, RELATED_SHARE } from './related.js';

/** Titles and addresses are cut to this length, in UTF-16 units. */
const LOOKED_AT = 300;
/** Results are on topic if this share of titles has one word in common… */
const ONE_TOPIC = 0.12;
/** …or if this share of titles has a word in common with at least OTHERS of all titles. */
const SEVERAL_TOPICS = 0.4;
const OTHERS = 0.08;
/** The share required of words that occur in titles of any kind. */
const ANYWHERE = 0.5;
const LEAST_OTHERS = 3;
/** The most words of a query that are compared. */
const MOST_WORDS = 12;
/** Shorter words occur by chance, or are abbreviations. */
const SHORTEST_WORD = 3;
/** From this length on, a word is also found within other words and in other spellings. */
const LONG_WORD = 5;
const SAME_BEGINNING = 4;
const ALIKE = 0.5;
/** Runs of scripts that put no space between words. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Khmr}\p{sc=Laoo}\p{sc=Mymr}]{2,}/gu;
/** Common words of picture pages that say nothing about a topic. */
const SAY_NOTHING = new Set(
  `the and for with from this that your you are was all how what why best top new free stock photo photos photograph photography
  picture pictures image images wallpaper wallpapers background backgrounds vector vectors illustration illustrations
  download downloads png jpg jpeg webp hd 4k high quality resolution royalty alamy shutterstock istock getty
  pinterest wikipedia wikimedia commons file www http https com org net html`.split(/\s+/),
);

type Told = Pick<Candidate, 'title' | 'pageUrl' | 'imageUrl'>;

/** A word of the query. */
interface Word {
  readonly text: string;
  /** Each pair of adjacent letters. */
  readonly pairs: ReadonlySet<string>;
}

/**
 * Whether results are random pictures: related neither to the query nor to each other. Engines sometimes answer
 * unwelcome visitors like that. An answer in another language, or with a synonym, has words in common and is
 * not random. An answer that cannot be judged is not random either, since passing over an engine needlessly
 * costs more than some wrong pictures.
 * @see https://github.com/searxng/searxng/issues/4964
 */
export function areRandom(candidates: readonly Told[], query: string): boolean {
  const titled = candidates.filter(({ title }) => title !== null);
  const words = asciiWords(query).filter((word) => word.length >= SHORTEST_WORD);
  const saySomething = words.some((word) => !SAY_NOTHING.has(word));
  if (titled.length < ENOUGH_RESULTS || !saySomething || !areInItsScript(titled, query)) return false;
  const sought = words.slice(0, MOST_WORDS).map((text): Word => ({ text, pairs: pairsOf(text) }));
  const related = titled.filter((candidate) => isRelated(candidate, sought));
  return related.length <= titled.length * RELATED_SHARE && !haveTopics(titled);
}

/** Titles in a script that the query does not use say nothing about its words. */
function areInItsScript(titled: readonly Told[], query: string): boolean {
  if (/^[\p{sc=Latin}\P{L}]*$/u.test(query)) return true;
  const inOthers = titled.filter(({ title }) => /[^\p{sc=Latin}\P{L}]/u.test(title ?? ''));
  return inOthers.length * 2 >= titled.length;
}

function isRelated({ title, pageUrl, imageUrl }: Told, sought: readonly Word[]): boolean {
  const said = [title, pageUrl, imageUrl].map((text) => asciiWords(text ?? ''));
  const runs = said.map((words) => words.join('')).join(' ');
  const initials = (said[0] ?? []).map((word) => word.charAt(0)).join('');
  const all = [...new Set(said.flat())];
  return sought.some((word) => {
    if (initials.includes(word.text)) return true;
    if (word.text.length < LONG_WORD) return all.some((other) => other.startsWith(word.text));
    return runs.includes(word.text) || all.some((other) => areAlike(word, other));
  });
}

/** Whether two words may be the same in another spelling, inflection or script. */
function areAlike({ text, pairs }: Word, other: string): boolean {
  if (other.length < SAME_BEGINNING) return false;
  if (text.slice(0, SAME_BEGINNING) === other.slice(0, SAME_BEGINNING)) return true;
  // Words of such different lengths share no half.
  if (other.length > 3 * text.length || text.length > 3 * other.length) return false;
  if (inOrder(text) === inOrder(other)) return true;
  const others = pairsOf(other);
  const shared = [...pairs].filter((pair) => others.has(pair)).length;
  return (2 * shared) / (pairs.size + others.size) >= ALIKE;
}

function pairsOf(word: string): Set<string> {
  return new Set(Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2)));
}

/** The letters of a word in alphabetical order, so that swapped letters do not matter. */
function inOrder(word: string): string {
  return [...word].toSorted().join('');
}

/** Whether titles share meaningful words. */
function haveTopics(titled: readonly Told[]): boolean {
  const topics = titled.map(({ title }) => [...topicsOf(title ?? '')]);
  const counts = new Map<string, number>();
  for (const topic of topics.flat()) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  const isShared = (topic: string, share: number): boolean => {
    const least = titled.length * (SAY_NOTHING.has(topic) ? ANYWHERE : share);
    return (counts.get(topic) ?? 0) >= Math.max(LEAST_OTHERS, least);
  };
  if ([...counts.keys()].some((topic) => isShared(topic, ONE_TOPIC))) return true;
  const sharing = topics.filter((all) => all.some((topic) => isShared(topic, OTHERS)));
  return sharing.length >= titled.length * SEVERAL_TOPICS;
}

/** The words of a title without their endings; in scripts without spaces, each pair of characters. */
function topicsOf(title: string): Set<string> {
  const words = asciiWords(title)
    .filter((word) => word.length >= SHORTEST_WORD && !/^\d+$/.test(word))
    .map((word) => (SAY_NOTHING.has(word) ? word : word.slice(0, LONG_WORD).replace(/s$/, '')));
  const runs = title.slice(0, LOOKED_AT).match(UNSPACED) ?? [];
  return new Set([...words, ...runs.flatMap((run) => [...pairsOf(run)])]);
}

/** The words of a text in lower-case ASCII, whatever its script. */
function asciiWords(text: string): string[] {
  const letters = unescaped(text.slice(0, LOOKED_AT)).replaceAll(/\p{Extended_Pictographic}/gu, ' ');
  return (
    anyAscii(letters)
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? []
  );
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // An address may not be UTF-8, and a text with a percent sign may be no address.
    return text;
  }
}
