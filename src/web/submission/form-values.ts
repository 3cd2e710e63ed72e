import type { JobRequest } from '../../jobs/job.js';
import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../../jobs/clock.port.js';
import { FIELD_NAMES, type FieldName, type RawFields } from '../../validation/problem.js';

/** What stands in the fields of the form. */
export type FormValues = Readonly<Record<FieldName, string>>;

/** The empty form. */
export const EMPTY_FORM: FormValues = {
  query: '',
  date: '',
  time: '',
  timeZone: '',
  count: '50',
  email: '',
};

/** Longest text that is put back into a field. */
const MAX_KEPT_LENGTH = 2000;

/** What was typed, to be shown again; a field sent several times shows its first value. */
export function typedValues(raw: RawFields): FormValues {
  const typed = FIELD_NAMES.map((name) => {
    const given = Object.hasOwn(raw, name) ? raw[name] : '';
    const first: unknown = Array.isArray(given) ? given[0] : given;
    return [name, typeof first === 'string' ? first.slice(0, MAX_KEPT_LENGTH) : ''];
  });
  return { ...EMPTY_FORM, ...Object.fromEntries(typed) };
}

/** The form filled in for asking the same again; a time that is over is left out, so that it means now. */
export function valuesOf(request: JobRequest, now: Instant): FormValues {
  const { query, count, timeZone, dueAt } = request;
  const isAhead = !request.startsNow && dueAt > now;
  const at = Temporal.Instant.fromEpochMilliseconds(dueAt).toZonedDateTimeISO(timeZone);
  return {
    query,
    count: String(count),
    timeZone,
    date: isAhead ? at.toPlainDate().toString() : '',
    time: isAhead ? at.toPlainTime().toString({ smallestUnit: 'minute' }) : '',
    email: request.recipients.find(({ channel }) => channel === 'email')?.address ?? '',
  };
}
