import type { EngineName } from '../engines/engines.js';
import type { Instant } from '../jobs/clock.port.js';
import type { JobRequest, RequestQuery } from '../jobs/job.js';
import type { Filters } from '../jobs/request/filters.js';
import type { Output } from '../jobs/request/output.js';
import { imagesOf } from '../jobs/request/request-queries.js';
import { fitsIntoLinks } from '../jobs/request/packed-request.js';
import { FIELD_NAMES, type FieldName } from '../jobs/request/request-fields.js';
import { unservedFilters } from './engines-for-filters.js';
import { problemAt, problemsIn } from './field-rules.js';
import { contradictionsIn, type FilterProblems } from './filter-contradictions.js';
import { contradictionsInOutput } from './output-contradictions.js';
import type { Problem, RawFields } from './problem.js';
import { refuse, Refused } from './reading.js';
import { CheckedRequest, type RequestRules } from './checked-request.js';
import type { Due } from './times/read-due.js';
import { DEFAULT_ZONE } from './times/time-zones.js';
import { unknownFields } from './unknown-fields.js';

/** A request with the instant it asks for, which stays the same if it is sent again later. */
export interface AskedRequest {
  readonly request: JobRequest;
  /** Null if the time was left open. */
  readonly askedFor: Instant | null;
}

/** A request, or all its problems. */
export type Validated =
  | (AskedRequest & { readonly ok: true; readonly isFirstOfTwo: boolean })
  | {
      readonly ok: false;
      readonly problems: readonly Problem[];
      /** The request with its past time, if the time is the only problem; else null. */
      readonly late: AskedRequest | null;
    };

/**
 * Turns the raw fields of any door into a JobRequest or all problems at once.
 * @param raw any fields; only own properties count
 * @param options `refusesUnknown`: whether unknown names are problems (JSON) or ignored
 */
export function validateRequest(
  raw: RawFields,
  rules: RequestRules,
  options: { readonly refusesUnknown: boolean },
): Validated {
  const fields = new CheckedRequest(raw, rules);
  const alone = problemsIn(fields);
  const wrongFields = new Set(alone.map(({ field }) => field));
  const filters = fields.filters(wrongFields);
  const output = fields.output(wrongFields);
  const { start } = fields;
  const together = {
    ...problemsOfFilters(fields, filters, rules.engines),
    ...contradictionsInOutput(output, wrongFields),
  };
  const besides = [...alone, ...Object.entries(together).map(([field, why]) => problemAt(field, why))];
  const unknown = options.refusesUnknown ? unknownFields(raw) : [];
  const asked =
    start === null || besides.length + unknown.length > 0 ? null : build(fields, filters, output, start);
  if (asked !== null && !fitsIntoLinks(asked.request))
    return { ok: false, problems: [problemAt(longestOf(fields), refuse('field.too_much'))], late: null };
  if (asked !== null && start?.ok === true) return { ok: true, ...asked, isFirstOfTwo: start.isFirstOfTwo };
  const wrong = start === null || start.ok ? besides : [...besides, problemAt(start.field, start)];
  // An unknown name has to be left out, so problems of its value are not listed.
  const mended = wrong.filter(({ field }) => !unknown.some((other) => other.field === field));
  return { ok: false, problems: [...mended.toSorted(byField), ...unknown], late: asked };
}

/** Problems of valid filters with each other and with the engines to ask. */
function problemsOfFilters(
  { engines }: CheckedRequest,
  filters: Filters,
  inUse: readonly EngineName[],
): FilterProblems {
  const unserved = engines instanceof Refused ? {} : unservedFilters(filters, engines, inUse);
  return { ...unserved, ...contradictionsIn(filters) };
}

/** The field that can be shortened most: all others are short. */
function longestOf({ queries, sites, withoutSites }: CheckedRequest): FieldName {
  const values = { queries, sites, withoutSites };
  const names = ['queries', 'sites', 'withoutSites'] as const;
  const lengthOf = (name: (typeof names)[number]): number => JSON.stringify(values[name]).length;
  return names.reduce((longest, name) => (lengthOf(name) > lengthOf(longest) ? name : longest));
}

function byField(one: Problem, other: Problem): number {
  return orderOf(one.field) - orderOf(other.field);
}

function orderOf(field: string): number {
  return FIELD_NAMES.findIndex((name) => name === (field === 'when' ? 'timeZone' : field));
}

function build(fields: CheckedRequest, filters: Filters, output: Output, start: Due): AskedRequest | null {
  const { email, timeZone, engines } = fields;
  const queries = wantedQueries(fields);
  const [first] = queries;
  const askedFor = start.ok ? start.askedFor : start.over;
  const dueAt = start.ok ? start.dueAt : start.over;
  if (first === undefined || email instanceof Refused) return null;
  if (timeZone instanceof Refused || engines instanceof Refused || dueAt === null) return null;
  const request: JobRequest = {
    query: first.text,
    count: imagesOf(queries),
    ...(queries.length > 1 || first.name !== undefined ? { queries } : {}),
    dueAt,
    startsNow: start.ok && start.startsNow,
    timeZone: timeZone || DEFAULT_ZONE,
    filters,
    engines,
    recipients: email === '' ? [] : [{ channel: 'email', address: email }],
    ...(Object.keys(output).length === 0 ? {} : { output }),
  };
  return { request, askedFor };
}

/** The searches of the list, or the only one; none if they cannot be read. */
function wantedQueries({ query, queries, count }: CheckedRequest): readonly RequestQuery[] {
  if (queries instanceof Refused || query instanceof Refused || count instanceof Refused) return [];
  if (queries !== null) return queries;
  return query === null || count === null ? [] : [{ text: query, count }];
}
