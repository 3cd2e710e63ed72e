import type { EngineName } from '../engines/engines.js';
import type { Instant } from '../jobs/clock.port.js';
import { Temporal } from 'temporal-polyfill';
import { CheckedBy } from './checked-by.js';
import type { FieldName, RawFields, WordsField } from './problem.js';
import { readCount } from './read-count.js';
import { type Due, readDue } from './times/read-due.js';
import { readWhen } from './times/read-when.js';
import { readEmail } from './read-email.js';
import { readQuery } from './read-query.js';
import { ownField, type Reading, read, refuse, valueOf } from './reading.js';
import { readTimeZone } from './times/time-zones.js';
import { readDate, readTime } from './times/wall-time.js';

/** What the fields are measured against. */
export interface RequestRules {
  readonly now: Instant;
  readonly maxImages: number;
  /** How far ahead a job may be scheduled, in milliseconds. */
  readonly maxAheadMs: number;
  /** The engines of this installation, in the operator's order. */
  readonly engines: readonly EngineName[];
}

/** The shape of a request and the check of each field, for class-validator. */
export class RequestFields {
  @CheckedBy((fields: RequestFields) => fields.readQuery())
  readonly query: unknown;

  @CheckedBy((fields: RequestFields) => fields.readDate(), (fields) => fields.dueProblem('date'))
  readonly date: unknown;

  @CheckedBy((fields: RequestFields) => fields.readTime(), (fields) => fields.dueProblem('time'))
  readonly time: unknown;

  @CheckedBy((fields: RequestFields) => fields.readTimeZone(), (fields) => fields.dueProblem('timeZone'))
  readonly timeZone: unknown;

  @CheckedBy((fields: RequestFields) => fields.dueProblem('when'))
  readonly when: unknown;

  @CheckedBy((fields: RequestFields) => fields.readCount())
  readonly count: unknown;

  @CheckedBy((fields: RequestFields) => fields.readEmail())
  readonly email: unknown;

  /** Every field that belongs to a time asks for it, and reading words takes most of the time of a check. */
  private known: { readonly due: Due | null } | null = null;

  constructor(
    raw: RawFields,
    private readonly rules: RequestRules,
  ) {
    const own = (name: FieldName | WordsField): unknown => ownField(raw, name);
    this.query = own('query');
    this.date = own('date');
    this.time = own('time');
    this.timeZone = own('timeZone');
    this.when = own('when');
    this.count = own('count');
    this.email = own('email');
  }

  readQuery(): Reading<string> {
    return readQuery(this.query);
  }

  readDate(): Reading<Temporal.PlainDate | null> {
    const today = Temporal.Instant.fromEpochMilliseconds(this.rules.now).toString().slice(0, 10);
    return readDate(this.date, today);
  }

  readTime(): Reading<Temporal.PlainTime | null> {
    return readTime(this.time);
  }

  readTimeZone(): Reading<string> {
    return readTimeZone(this.timeZone);
  }

  readCount(): Reading<number> {
    return readCount(this.count, this.rules.maxImages);
  }

  readEmail(): Reading<string> {
    return readEmail(this.email);
  }

  /** When the job starts: words count more than date and time; null while a part cannot be read by itself. */
  readDue(): Due | null {
    this.known ??= { due: this.findDue() };
    return this.known.due;
  }

  private findDue(): Due | null {
    const { now, maxAheadMs } = this.rules;
    const [date, time, zone] = [this.readDate(), this.readTime(), this.readTimeZone()];
    if (!date.ok || !time.ok || !zone.ok) return null;
    const said = readWhen(this.when, zone.value, now, maxAheadMs);
    return said ?? readDue({ date: date.value, time: time.value, timeZone: zone.value }, now, maxAheadMs);
  }

  private dueProblem(field: FieldName | WordsField): Reading<null> {
    const due = this.readDue();
    return due !== null && !due.ok && due.field === field ? refuse(due.code, due.facts) : read(null);
  }
}

/** @returns the zone as read, or '' */
export function zoneOf(fields: RequestFields): string {
  return valueOf(fields.readTimeZone()) ?? '';
}
