import { askedFilters, askedOutput } from '../../jobs/request/asked-fields.js';
import type { JobRequest } from '../../jobs/job.js';
import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../../jobs/clock.port.js';
import { DEFAULT_COUNT } from '../../jobs/request/main-fields.js';
import { FIELD_NAMES, type FieldName } from '../../jobs/request/request-fields.js';
import { writeQueryLine } from '../../validation/queries/query-line.js';
import type { RawFields } from '../../validation/problem.js';

/** The values of the form's fields. */
export type FormValues = Readonly<Record<FieldName, string>>;

/** Every field, empty. */
const NOTHING = Object.fromEntries(FIELD_NAMES.map((name) => [name, ''])) as FormValues;

/** The empty form. */
export const EMPTY_FORM: FormValues = { ...NOTHING, count: String(DEFAULT_COUNT) };

/**
 * The typed values, for showing the form again. A field that was sent several times shows its first value,
 * except for the engines, which have a check box each.
 */
export function typedValues(raw: RawFields): FormValues {
  const typed = FIELD_NAMES.map((name) => {
    const given = Object.hasOwn(raw, name) ? raw[name] : '';
    const all: readonly unknown[] = Array.isArray(given) ? given : [given];
    const texts = all.filter((text) => typeof text === 'string');
    const typedText = name === 'engines' ? texts.join(',') : typeof all[0] === 'string' ? all[0] : '';
    return [name, typedText];
  });
  return { ...EMPTY_FORM, ...Object.fromEntries(typed) };
}

/** The values for the same request; a time that is over is left out, which means now. */
export function valuesOf(request: JobRequest, now: Instant): FormValues {
  const { timeZone, dueAt } = request;
  const isAhead = !request.startsNow && dueAt > now;
  const at = Temporal.Instant.fromEpochMilliseconds(dueAt).toZonedDateTimeISO(timeZone);
  return {
    ...NOTHING,
    ...asTexts({ ...askedFilters(request), ...askedOutput(request) }),
    ...searchesOf(request),
    timeZone,
    date: isAhead ? at.toPlainDate().toString() : '',
    time: isAhead ? at.toPlainTime().toString({ smallestUnit: 'minute' }) : '',
    email: request.recipients.find(({ channel }) => channel === 'email')?.address ?? '',
  };
}

/** A list is written as lines; words around its searches are part of them by now. */
function searchesOf({ query, count, queries }: JobRequest): Partial<FormValues> {
  if (queries === undefined) return { query, count: String(count) };
  const lines = queries.map((one) => writeQueryLine(one.text, one.count, one.name));
  return { queries: lines.join('\n'), count: String(queries[0]?.count ?? DEFAULT_COUNT) };
}

function asTexts(asked: object): Record<string, string> {
  const texts = Object.entries(asked).map(([name, value]: [string, unknown]) => {
    if (value === true) return [name, 'yes'] as const;
    return [name, Array.isArray(value) ? value.join(', ') : String(value)] as const;
  });
  return Object.fromEntries(texts);
}
