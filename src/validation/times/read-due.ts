import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../../jobs/clock.port.js';
import type { FieldName } from '../../jobs/request/request-fields.js';
import type { WordsField } from '../problem.js';
import type { ProblemCode, ProblemFacts } from '../problem-wording.js';
import { toInstant, type WallMoment } from './wall-time.js';

/** Date, time and zone as read; null or '' if left empty. */
export interface WallFields {
  readonly date: Temporal.PlainDate | null;
  readonly time: Temporal.PlainTime | null;
  readonly timeZone: string;
}

/** The start of a job, or the problem and its field. */
export type Due =
  | {
      readonly ok: true;
      readonly dueAt: Instant;
      readonly startsNow: boolean;
      /** The instant asked for, equal whenever the request is sent again; null if the time was left open. */
      readonly askedFor: Instant | null;
      /** Whether the wall clock shows this time twice that day; `dueAt` is the earlier. */
      readonly isFirstOfTwo: boolean;
    }
  | {
      readonly ok: false;
      readonly field: FieldName | WordsField;
      readonly code: ProblemCode;
      readonly facts: ProblemFacts;
      /** The instant asked for, if being in the past is its only problem. */
      readonly over: Instant | null;
    };

const refuse = (
  field: FieldName,
  code: ProblemCode,
  facts: ProblemFacts = {},
  over: Instant | null = null,
): Due => ({ ok: false, field, code, facts, over });

/**
 * Computes the start of a job. Empty date and time mean now, as does the current minute.
 * @param maxAheadMs how far ahead a job may be scheduled
 */
export function readDue(wall: WallFields, now: Instant, maxAheadMs: number): Due {
  const { date, time, timeZone } = wall;
  if (date === null && time === null)
    return { ok: true, dueAt: now, startsNow: true, askedFor: null, isFirstOfTwo: false };
  if (date === null) return refuse('date', 'date.missing');
  if (time === null) return refuse('time', 'time.missing');
  if (timeZone === '') return refuse('timeZone', 'timeZone.missing');
  const asked = toInstant(date.toPlainDateTime(time), timeZone);
  if (asked.kind !== 'skipped') return withinLimits(asked, wall, now, maxAheadMs);
  const facts = { zone: zoneName(timeZone), time: hourAndMinute(time), next: hourAndMinute(asked.next) };
  return refuse('time', 'time.skipped', facts);
}

function withinLimits(
  asked: Exclude<WallMoment, { kind: 'skipped' }>,
  { date, timeZone }: WallFields,
  now: Instant,
  maxAheadMs: number,
): Due {
  const here = zoned(now, timeZone);
  const minuteStart = here.round({ smallestUnit: 'minute', roundingMode: 'floor' }).epochMilliseconds;
  const zone = zoneName(timeZone);
  if (asked.instant < minuteStart) {
    const isToday = date !== null && date.equals(here.toPlainDate());
    if (!isToday) return refuse('date', 'date.past', { zone }, asked.instant);
    return refuse('time', 'time.past', { zone, now: hourAndMinute(here.toPlainTime()) }, asked.instant);
  }
  if (asked.instant - now > maxAheadMs)
    return refuse('date', 'date.too_far', { latest: dateAndTime(zoned(now + maxAheadMs, timeZone)) });
  const startsNow = asked.instant <= now;
  const isFirstOfTwo = asked.kind === 'twice' && !startsNow;
  const dueAt = startsNow ? now : asked.instant;
  return { ok: true, dueAt, startsNow, askedFor: asked.instant, isFirstOfTwo };
}

/** The city of a zone, e.g. `Vienna` for `Europe/Vienna`. */
export function zoneName(timeZone: string): string {
  return timeZone.slice(timeZone.lastIndexOf('/') + 1).replaceAll('_', ' ');
}

function zoned(at: Instant, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
}

function hourAndMinute(time: Temporal.PlainTime): string {
  return time.toString({ smallestUnit: 'minute' });
}

function dateAndTime(at: Temporal.ZonedDateTime): string {
  return `${at.toPlainDate().toString()} ${hourAndMinute(at.toPlainTime())}`;
}
