import { validateSync, type ValidationError } from 'class-validator';
import type { JobRequest } from '../jobs/job.js';
import type { Output } from '../jobs/output.js';
import { parseCheckedProblem } from './checked-by.js';
import { FilterFields } from './filter-fields.js';
import { OutputFields } from './output-fields.js';
import type { Problem, RawFields } from './problem.js';
import { wordProblem } from './problem-wording.js';
import { RequestFields, type RequestRules, zoneOf } from './request-fields.js';
import { valueOf } from './reading.js';
import { DEFAULT_ZONE } from './time-zones.js';
import { unknownFields } from './unknown-fields.js';

/** A request, or everything that is wrong with it. */
export type Validated =
  | { readonly ok: true; readonly request: JobRequest; readonly isFirstOfTwo: boolean }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Turns raw fields from any door into a JobRequest, or into all problems at once.
 * @param raw whatever came in; only own properties are looked at
 * @param options `refusesUnknown`: names that are no fields are problems too (JSON), else they are ignored
 */
export function validateRequest(
  raw: RawFields,
  rules: RequestRules,
  options: { readonly refusesUnknown: boolean },
): Validated {
  const fields = new RequestFields(raw, rules);
  const filters = new FilterFields(raw, rules.engines);
  const output = new OutputFields(raw);
  const wrong = [fields, filters, output].flatMap(problemsOf);
  const unknown = options.refusesUnknown ? unknownFields(raw) : [];
  const built = filters.areRight && output.areRight ? build(fields, filters, output.output()) : null;
  return built === null || unknown.length > 0 ? { ok: false, problems: [...wrong, ...unknown] } : built;
}

function problemsOf(fields: object): Problem[] {
  return validateSync(fields, { validationError: { target: false, value: false } }).flatMap(toProblem);
}

function toProblem(error: ValidationError): Problem[] {
  return Object.values(error.constraints ?? {}).map((message) => {
    const { code, facts } = parseCheckedProblem(message);
    return { field: error.property, code, message: wordProblem(code, facts) };
  });
}

function build(
  fields: RequestFields,
  filters: FilterFields,
  output: Output,
): Extract<Validated, { ok: true }> | null {
  const query = valueOf(fields.readQuery());
  const count = valueOf(fields.readCount());
  const email = valueOf(fields.readEmail());
  const due = fields.readDue();
  if (query === null || count === null || email === null || due === null || !due.ok) return null;
  const request: JobRequest = {
    query,
    count,
    dueAt: due.dueAt,
    startsNow: due.startsNow,
    timeZone: zoneOf(fields) || DEFAULT_ZONE,
    filters: filters.filters(),
    engines: valueOf(filters.readings.engines) ?? [],
    recipients: email === '' ? [] : [{ channel: 'email', address: email }],
    ...(Object.keys(output).length === 0 ? {} : { output }),
  };
  return { ok: true, request, isFirstOfTwo: due.isFirstOfTwo };
}
