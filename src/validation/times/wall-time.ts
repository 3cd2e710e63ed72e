import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../../jobs/clock.port.js';
import { asText, read, type Reading, refuse, type Refused } from '../reading.js';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{2}:\d{2}(?::\d{2})?$/;

/**
 * Reads an existing day, `YYYY-MM-DD`; blank is null.
 * @param example a date for the wording of the problem
 */
export function readDate(raw: unknown, example: string): Reading<Temporal.PlainDate | null> {
  return readWith(raw, DATE, (text) => Temporal.PlainDate.from(text), refuse('date.invalid', { example }));
}

/** Reads `HH:MM` or `HH:MM:SS` of a 24-hour clock; blank is null. */
export function readTime(raw: unknown): Reading<Temporal.PlainTime | null> {
  // Temporal rounds a leap second down, but no clock shows it: refuse it.
  const isLeapSecond = typeof raw === 'string' && raw.trim().endsWith(':60');
  const shape = isLeapSecond ? /^$/ : TIME;
  return readWith(raw, shape, (text) => Temporal.PlainTime.from(text), refuse('time.invalid'));
}

function readWith<T>(
  raw: unknown,
  shape: RegExp,
  parse: (text: string) => T,
  invalid: Refused,
): Reading<T | null> {
  const text = asText(raw);
  if (text === null) return refuse('field.not_text');
  if (text === '') return read(null);
  if (!shape.test(text)) return invalid;
  try {
    return read(parse(text));
  } catch (error) {
    if (error instanceof RangeError) return invalid;
    throw error;
  }
}

/** The instant of a wall-clock time, if it has one. */
export type WallMoment =
  | { readonly kind: 'once' | 'twice'; readonly instant: Instant }
  | { readonly kind: 'skipped'; readonly next: Temporal.PlainTime };

/**
 * Finds the instant of a wall-clock time in a zone. A time repeated by a clock change is `twice` and means
 * the earlier one; a skipped time is `skipped`, with the first time of day after the gap.
 */
export function toInstant(at: Temporal.PlainDateTime, timeZone: string): WallMoment {
  const earlier = at.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  const later = at.toZonedDateTime(timeZone, { disambiguation: 'later' });
  if (earlier.epochMilliseconds === later.epochMilliseconds)
    return { kind: 'once', instant: earlier.epochMilliseconds };
  // In a gap, `earlier` uses the offset after the change and `later` the one before, so neither shows the
  // asked time.
  if (earlier.toPlainDateTime().equals(at)) return { kind: 'twice', instant: earlier.epochMilliseconds };
  const change = earlier.getTimeZoneTransition('next');
  return { kind: 'skipped', next: (change ?? later).toPlainTime() };
}

/** Whether the wall clock in `timeZone` shows the time of `instant` twice. */
export function isShownTwice(instant: Instant, timeZone: string): boolean {
  const shown = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
  return toInstant(shown.toPlainDateTime(), timeZone).kind === 'twice';
}
