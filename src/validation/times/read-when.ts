import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../../jobs/clock.port.js';
import { type NaturalTime, readNaturalTime } from './natural-time.js';
import { asText } from '../reading.js';
import { type Due, readDue, zoneName } from './read-due.js';
import type { ProblemCode, ProblemFacts } from '../problem-wording.js';

/** Codes for a time in words, by the code for date and time fields. */
const IN_WORDS: Partial<Record<ProblemCode, ProblemCode>> = {
  'date.past': 'when.past',
  'time.past': 'when.past',
  'date.too_far': 'when.too_far',
  'time.skipped': 'when.skipped',
};

/** Past times within this limit still mean now, in milliseconds. */
const STILL_NOW_MS = 60_000;

/**
 * Computes the start of a job from words, e.g. `tomorrow 9am`. Relative times count elapsed time; wall-clock
 * times are in `timeZone`.
 * @param timeZone IANA zone, or '' if unknown: then only times that need no zone can be read
 * @returns null if the field is blank
 */
export function readWhen(raw: unknown, timeZone: string, now: Instant, maxAheadMs: number): Due | null {
  const text = asText(raw);
  if (text === '') return null;
  if (text === null) return problem('field.not_text');
  // Round down to the minute, so that the time on the clock means now.
  const wall = shownAt(now, timeZone).round({ smallestUnit: 'minute', roundingMode: 'floor' });
  const read = readNaturalTime(text.replace(/\s+/g, ' '), wall);
  return read.ok ? due(read.value, timeZone, now, maxAheadMs) : problem(read.code, read.facts);
}

function due(time: NaturalTime, timeZone: string, now: Instant, maxAheadMs: number): Due {
  switch (time.kind) {
    case 'now':
      return { ok: true, dueAt: now, startsNow: true, askedFor: null, isFirstOfTwo: false };
    case 'elapsed':
      return dueAtInstant(now + time.ms, now, timeZone, maxAheadMs);
    case 'instant':
      return dueAtInstant(time.ms, now, timeZone, maxAheadMs);
    case 'wall':
      return inWords(readDue({ date: time.date, time: time.time, timeZone }, now, maxAheadMs), now, timeZone);
  }
}

function dueAtInstant(dueAt: Instant, now: Instant, timeZone: string, maxAheadMs: number): Due {
  if (!Number.isSafeInteger(dueAt)) return problem('when.unclear');
  if (dueAt < now - STILL_NOW_MS) return problem('when.past', pastFacts(now, timeZone));
  if (dueAt - now > maxAheadMs)
    return problem('when.too_far', { latest: minuteText(now + maxAheadMs, timeZone) });
  const startsNow = dueAt <= now;
  return { ok: true, dueAt: startsNow ? now : dueAt, startsNow, askedFor: dueAt, isFirstOfTwo: false };
}

function inWords(wall: Due, now: Instant, timeZone: string): Due {
  if (wall.ok || wall.field === 'timeZone') return wall;
  const code = IN_WORDS[wall.code] ?? wall.code;
  return problem(code, code === 'when.past' ? pastFacts(now, timeZone) : wall.facts);
}

function problem(code: ProblemCode, facts: ProblemFacts = {}): Due {
  return { ok: false, field: 'when', code, facts, over: null };
}

function pastFacts(now: Instant, timeZone: string): ProblemFacts {
  return { zone: zoneName(timeZone || 'UTC'), now: minuteText(now, timeZone) };
}

function shownAt(at: Instant, timeZone: string): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(timeZone || 'UTC')
    .toPlainDateTime();
}

function minuteText(at: Instant, timeZone: string): string {
  return shownAt(at, timeZone).toString({ smallestUnit: 'minute' }).replace('T', ' ');
}
