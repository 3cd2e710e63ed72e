import { casual, type ParsedResult } from 'chrono-node/en';
import { Temporal } from 'temporal-polyfill';
import { impossibleTime } from './impossible-time.js';
import { read, type Reading, refuse } from '../reading.js';

/** The meaning of a time in words, without a zone. */
export type NaturalTime =
  | { readonly kind: 'now' }
  /** Real time from now, in milliseconds; negative is the past. */
  | { readonly kind: 'elapsed'; readonly ms: number }
  /** A wall-clock date and time. */
  | { readonly kind: 'wall'; readonly date: Temporal.PlainDate; readonly time: Temporal.PlainTime }
  /** An instant with an explicit offset. */
  | { readonly kind: 'instant'; readonly ms: number };

/** Longest text to parse, in UTF-16 units; bounds the cost of the parser's patterns. */
const MAX_LENGTH = 100;

const NOW = /^(?:now|right now|right away|immediately|at once|asap)$/i;
const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/i;
/** Discord's timestamp markup, in seconds; the letter is only its display format. */
const TIMESTAMP = /^<t:(-?\d{1,12})(?::[a-z])?>$/i;
const FILLER = /^(?:at|on|from|starting|,|\s)*$/i;
/** A clock time that is clear without am or pm: it has minutes, a leading zero, or is a word such as noon. */
const WHOLE_CLOCK = /\d[:.]\d\d|(?:^|\s)0\d(?:\s|$)|noon|midnight|midday/i;
const DAY_AND_MONTH = /(?:^|\s)(\d{1,2})[/.-](\d{1,2})(?:[/.-]\d{2,4})?(?=\s|$|,)/;

/**
 * Reads a time in words, e.g. `tomorrow 9am`, `in 2 hours`, `2026-12-24 18:00`, `<t:1798131600:F>` or `now`.
 * @see https://discord.com/developers/docs/reference#message-formatting (timestamps)
 * @param text trimmed, not empty
 * @param wall the asker's wall-clock time
 */
export function readNaturalTime(text: string, wall: Temporal.PlainDateTime): Reading<NaturalTime> {
  if (text.length > MAX_LENGTH) return refuse('when.unclear');
  if (NOW.test(text)) return read({ kind: 'now' });
  const seconds = TIMESTAMP.exec(text)?.[1];
  if (seconds !== undefined) return read({ kind: 'instant', ms: Number(seconds) * 1000 });
  const impossible = impossibleTime(text, wall.toPlainDate());
  if (impossible !== null) return impossible;
  if (RFC_3339.test(text)) return readInstant(text);
  const [result, ...others] = parse(text, wall);
  if (result === undefined || others.length > 0) return refuse('when.unclear');
  if (!result.start.isCertain('hour')) return refuse('when.no_hour');
  const rest = text.slice(0, result.index) + text.slice(result.index + result.text.length);
  if (!FILLER.test(rest) || hasEnd(result)) return refuse('when.unclear');
  if (isElapsed(result)) return read({ kind: 'elapsed', ms: elapsedMs(result, wall) });
  return readWall(result);
}

/** The place where a time at the end of a text begins. */
export interface TimeAtEnd {
  readonly index: number;
  readonly isHourCertain: boolean;
}

/** A fixed moment for the parser: only the place in the text matters. */
const SOME_MOMENT = Temporal.PlainDateTime.from('2026-01-15T12:00');

/** Most words in a time, e.g. `on friday the 24th of december 2026 at 6 pm`. */
const MAX_WORDS = 10;

/**
 * Finds the longest run of words at the end of `text` that is one time.
 * @returns null if the text does not end in a time
 */
export function timeAtEnd(text: string): TimeAtEnd | null {
  // Parse each run alone: words before a time change what the parser finds.
  const starts = [...text.matchAll(/(?<=^|\s)\S/gu)].slice(-MAX_WORDS).map(({ index }) => index);
  for (const index of starts) {
    const run = text.slice(index).trimEnd();
    if (RFC_3339.test(run) || TIMESTAMP.test(run)) return { index, isHourCertain: true };
    const found = run.length > MAX_LENGTH ? [] : parse(run, SOME_MOMENT);
    const [only] = found.length === 1 ? found : [];
    if (only?.text.length === run.length) return { index, isHourCertain: only.start.isCertain('hour') };
  }
  return null;
}

/** Give the parser a clock without a zone: its offset arithmetic is wrong at clock changes. */
function parse(text: string, wall: Temporal.PlainDateTime): ParsedResult[] {
  const instant = new Date(wall.toZonedDateTime('UTC').epochMilliseconds);
  return casual.parse(text, { instant, timezone: 0 }, { forwardDate: true });
}

function readInstant(text: string): Reading<NaturalTime> {
  const ms = Date.parse(text.toUpperCase());
  return Number.isNaN(ms) ? refuse('when.unclear') : read({ kind: 'instant', ms });
}

function hasEnd({ end }: ParsedResult): boolean {
  return end !== null && end !== undefined;
}

function isElapsed({ start }: ParsedResult): boolean {
  return start.tags().has('result/relativeDateAndTime');
}

function elapsedMs({ start }: ParsedResult, wall: Temporal.PlainDateTime): number {
  return start.date().getTime() - wall.toZonedDateTime('UTC').epochMilliseconds;
}

function readWall({ start, text }: ParsedResult): Reading<NaturalTime> {
  const isRelative = start.tags().has('result/relativeDate');
  if (start.isCertain('timezoneOffset') && !isRelative) return refuse('when.other_zone');
  const part = (name: 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second'): number =>
    start.get(name) ?? 0;
  if (!start.isCertain('meridiem') && !WHOLE_CLOCK.test(text))
    return refuse('when.which_half', { hour: part('hour') });
  if (start.tags().has('parser/SlashDateFormatParser') && isAmbiguousDate(text))
    return refuse('when.which_date');
  try {
    const [year, month, day] = [part('year'), part('month'), part('day')];
    const date = Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
    const time = Temporal.PlainTime.from(
      { hour: part('hour'), minute: part('minute'), second: part('second') },
      { overflow: 'reject' },
    );
    return read({ kind: 'wall', date, time });
  } catch (error) {
    if (error instanceof RangeError) return refuse('when.unclear');
    throw error;
  }
}

/** Whether day and month could be swapped, as in `5/6`. */
function isAmbiguousDate(text: string): boolean {
  const [, first, second] = DAY_AND_MONTH.exec(text) ?? [];
  if (first === undefined || second === undefined || first === second) return false;
  return Number(first) <= 12 && Number(second) <= 12;
}
