import { timeAtEnd } from '../../src/validation/times/natural-time.js';
import { withEmoji, withServerEmoji } from './emoji-names.js';
import { takeFieldWords } from './field-words.js';
import { meantTimeAtEnd } from './odd-time.js';
import { type MaskedText, maskPhrases } from './quoted-phrases.js';

/** The raw fields that slash text names; other fields are absent. */
export interface CommandFields {
  readonly query: string;
  readonly count?: string;
  readonly when?: string;
  readonly timeZone?: string;
  /** Filters, engines and the e-mail address. */
  readonly [field: string]: string | undefined;
}

/** The text behind a slash command, parsed. */
export type Command =
  | { readonly kind: 'form' | 'help' | 'list' }
  /** Cancel a job by the address of its page, or by the id in that address; not validated. */
  | { readonly kind: 'cancel'; readonly job: string }
  | { readonly kind: 'search'; readonly fields: CommandFields };

const AREAS = '(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)';
const ZONE_AT_END = new RegExp(
  String.raw`\s+(?:in\s+)?((?-i:[A-Z]\w+)(?:\/[\w+-]+){1,2}|${AREAS}(?:\/[\w+-]+){1,2}|UTC)$`,
  'iu',
);
/** Separators between the parts of a text, e.g. `red panda, 100, tomorrow 9am`. */
const SEPARATORS_AT_END = /[\s,;]+$/u;
const SEPARATORS_AT_START = /^[\s,;]+/u;
const NOW_AT_END = /(?:^|\s)((?:right\s+)?now|right\s+away|immediately|at\s+once|asap)$/iu;
const IMAGES = '(?:images?|pictures?|pics?|photos?)';
const COUNT_AT_END = new RegExp(String.raw`(?:^|\s)x?(-?\d{1,9})x?(?:\s+${IMAGES})?$`, 'iu');
const COUNT_AT_START = new RegExp(String.raw`^(\d{1,9})x?(?:\s+${IMAGES}(?:\s+of)?)?(?:\s+|$)`, 'iu');
/** The same for a text that cannot contain the query any more. */
const COUNT_IN_FRONT = new RegExp(String.raw`^(\d{1,9})x?(?:\s+${IMAGES})?(?:\s+of$|[\s,;]+|$)`, 'iu');
/** Words whose following number belongs to a time, e.g. `at 9`, `december 24`. */
const TIME_BEFORE =
  /(?:^|\s)(?:at|in|on|by|next|jan\w*|feb\w*|mar\w*|apr\w*|may|jun\w*|jul\w*|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)$/iu;
/** Words that make the number before them part of a time, e.g. `2 hours from now`, `9 am`. */
const TIME_AFTER =
  /^(?:am|pm|a\.m|p\.m|o.?clock|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|weeks?|months?)\b/iu;
/** Words that mean a time even without a digit. */
const TIME_WORDS = /^(?:in|tomorrow|today)\s/iu;

/**
 * Reads slash text: `red panda 100 tomorrow 9am size:large`, `"red panda" 50 in 2 hours`, `list`, `help`,
 * `cancel <address>`. The query is the text that is neither count, time nor a named field; quoted text always
 * belongs to the query. Never fails: the validation room reports wrong fields.
 */
export function readCommand(raw: string): Command {
  const text = withEmoji(withServerEmoji(raw))
    .replace(/[\s\u200B]+/gu, ' ')
    .trim();
  if (text === '') return { kind: 'form' };
  if (/^(?:help|\?)$/iu.test(text)) return { kind: 'help' };
  // The list shows which jobs can be cancelled.
  if (/^(?:list|cancel)$/iu.test(text)) return { kind: 'list' };
  const job = /^cancel (\S+)$/iu.exec(text)?.[1];
  if (job !== undefined && /[\w-]{32}|\//u.test(job)) return { kind: 'cancel', job };
  const { fields, rest } = takeFieldWords(text);
  return { kind: 'search', fields: { ...fields, ...readSearch(rest) } };
}

/** Removes quotes around the whole query; quotes around a part stay, since search engines understand them. */
function readSearch(text: string): CommandFields {
  const masked = maskPhrases(text);
  const read = readWholePhrase(masked) ?? readBehindPhrases(masked) ?? readUnquoted(masked.text);
  const query = masked.restore(read.query);
  return { ...read, query: masked.isMark(read.query) ? query.slice(1, -1).trim() : query };
}

/** One phrase with only count and time around it, which may be vague and stand anywhere. */
function readWholePhrase({ text, isMark }: MaskedText): CommandFields | null {
  const [query, ...others] = [...text].filter(isMark);
  if (query === undefined || others.length > 0) return null;
  const rest = readRest(text.replace(query, ' ').trim());
  return rest === null ? null : { query, ...rest };
}

/** Phrases in a longer query, with only count and time behind the last phrase. */
function readBehindPhrases({ text, isMark }: MaskedText): CommandFields | null {
  const end = [...text].findLastIndex(isMark) + 1;
  const [head, tail] = [[...text].slice(0, end).join(''), [...text].slice(end).join('')];
  const rest = end === 0 || tail === '' ? null : readRest(tail);
  if (rest === null) return null;
  return rest.count === undefined ? { ...countedQuery(head), ...rest } : { query: head, ...rest };
}

/** Count and time, in either order. @returns null for a text that contains anything else */
function readRest(text: string): Pick<CommandFields, 'count' | 'when' | 'timeZone'> | null {
  const rest = withoutSeparators(text);
  const first = COUNT_IN_FRONT.exec(rest);
  const afterFirst = first === null ? '' : rest.slice(first[0].length);
  if (first?.[1] !== undefined && !isYear(first[1]) && !TIME_AFTER.test(afterFirst) && isTime(afterFirst))
    return { count: first[1], ...whenAndZone(afterFirst) };
  const last = COUNT_AT_END.exec(rest);
  const before = last === null ? '' : withoutSeparators(rest.slice(0, last.index));
  if (last?.[1] !== undefined && !isYear(last[1]) && !TIME_BEFORE.test(before) && isTime(before))
    return { count: last[1], ...whenAndZone(before) };
  return isTime(rest) ? whenAndZone(rest) : null;
}

function withoutSeparators(text: string): string {
  return text.replace(SEPARATORS_AT_START, '').replace(SEPARATORS_AT_END, '');
}

/** Whether a whole text is a time, even an impossible time, or empty. */
function isTime(text: string): boolean {
  const zone = ZONE_AT_END.exec(text);
  const time = zone === null ? text : text.slice(0, zone.index);
  return text === '' || NOW_AT_END.exec(time)?.index === 0 || meantTimeAtEnd(time)?.index === 0;
}

function whenAndZone(text: string): Pick<CommandFields, 'when' | 'timeZone'> {
  const zone = ZONE_AT_END.exec(text);
  const when = (zone === null ? text : text.slice(0, zone.index)).trim();
  if (when === '') return {};
  return { when, ...(zone?.[1] === undefined ? {} : { timeZone: zone[1] }) };
}

function readUnquoted(text: string): CommandFields {
  return behindCount(text) ?? timeThenCount(text) ?? countedQuery(text);
}

/** `<query> [count] <when> [zone]`: behind a count even a vague time counts as a time. */
function behindCount(text: string): CommandFields | null {
  const zone = ZONE_AT_END.exec(text);
  const end = zone === null ? text : text.slice(0, zone.index);
  const time = NOW_AT_END.exec(end);
  const found =
    time === null ? meantTimeAtEnd(end) : { index: end.length - (time[1]?.length ?? 0), isHourCertain: true };
  if (found === null) return null;
  const head = end
    .slice(0, found.index)
    .trim()
    .replace(/\s(?:at|on|from)$/iu, '');
  const counted = countedQuery(head);
  const words = end.slice(found.index);
  const isMeant =
    counted.count !== undefined ||
    (found.isHourCertain && (time !== null || isPlainTime(words)) && !isCount(words));
  if (!isMeant || counted.query === '') return null;
  return { ...counted, ...whenAndZone(text.slice(head.length).replace(SEPARATORS_AT_START, '')) };
}

/** `black friday 20` does not mean eight in the evening; `friday 9` may mean nine o'clock. */
function isCount(time: string): boolean {
  const [, word = '', number] = /^(\p{L}+) (\d{1,2})$/u.exec(time) ?? [];
  return Number(number) > 12 && !TIME_BEFORE.test(word) && !TIME_WORDS.test(time);
}

/** `<query> <when> <count>`. */
function timeThenCount(text: string): CommandFields | null {
  const count = COUNT_AT_END.exec(text);
  if (count?.[1] === undefined || isYear(count[1])) return null;
  const before = text.slice(0, count.index).trim();
  const found = timeAtEnd(before);
  if (found === null || !found.isHourCertain || !isPlainTime(before.slice(found.index))) return null;
  const query = before.slice(0, found.index).trim();
  return query === '' ? null : { query, count: count[1], when: before.slice(found.index) };
}

/**
 * Whether words at the end of a query are certainly a time; `high noon` and `tonight` may belong to the
 * query.
 */
function isPlainTime(words: string): boolean {
  return /\d/u.test(words) || TIME_WORDS.test(words);
}

/** The count behind the query, else before it; four digits that look like a year stay in the query. */
function countedQuery(typed: string): Pick<CommandFields, 'query' | 'count'> {
  const text = typed.replace(SEPARATORS_AT_END, '') || typed;
  const last = COUNT_AT_END.exec(text);
  const head = last === null ? '' : text.slice(0, last.index).replace(SEPARATORS_AT_END, '');
  if (last?.[1] !== undefined && head !== '' && !isYear(last[1])) return { query: head, count: last[1] };
  const first = COUNT_AT_START.exec(text);
  const tail = first === null ? '' : text.slice(first[0].length).trim();
  if (first?.[1] !== undefined && tail !== '' && !isYear(first[1])) return { query: tail, count: first[1] };
  return { query: text };
}

function isYear(digits: string): boolean {
  return /^(?:19|20)\d\d$/u.test(digits);
}
