import { validateSync, type ValidationError } from 'class-validator';
import type { Instant } from '../jobs/clock.port.js';
import type { JobRequest } from '../jobs/job.js';
import type { Output } from '../jobs/request/output.js';
import { parseCheckedProblem } from './checked-by.js';
import { FilterFields } from './filter-fields.js';
import { OutputFields } from './output-fields.js';
import type { Problem, RawFields } from './problem.js';
import { wordProblem } from './problem-wording.js';
import type { Due } from './times/read-due.js';
import { RequestFields, type RequestRules, zoneOf } from './request-fields.js';
import { valueOf } from './reading.js';
import { DEFAULT_ZONE } from './times/time-zones.js';
import { unknownFields } from './unknown-fields.js';

/** A request, and the instant that was asked for, which is the same however late it is sent again. */
export interface AskedRequest {
  readonly request: JobRequest;
  /** Null where the time was left open. */
  readonly askedFor: Instant | null;
}

/** A request, or everything that is wrong with it. */
export type Validated =
  | (AskedRequest & { readonly ok: true; readonly isFirstOfTwo: boolean })
  | {
      readonly ok: false;
      readonly problems: readonly Problem[];
      /** The request as it was while its time was ahead, where nothing else is wrong; else null. */
      readonly late: AskedRequest | null;
    };

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
  const isRightBesides = filters.areRight && output.areRight && unknown.length === 0;
  const due = isRightBesides ? fields.readDue() : null;
  const asked = due === null ? null : build(fields, filters, output.output(), due);
  if (asked !== null && due?.ok === true) return { ok: true, ...asked, isFirstOfTwo: due.isFirstOfTwo };
  // What must be left out need not be written better.
  const mended = wrong.filter(({ field }) => !unknown.some((other) => other.field === field));
  return { ok: false, problems: [...mended, ...unknown], late: asked };
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

function build(fields: RequestFields, filters: FilterFields, output: Output, due: Due): AskedRequest | null {
  const query = valueOf(fields.readQuery());
  const count = valueOf(fields.readCount());
  const email = valueOf(fields.readEmail());
  const askedFor = due.ok ? due.askedFor : due.over;
  const dueAt = due.ok ? due.dueAt : due.over;
  if (query === null || count === null || email === null || dueAt === null) return null;
  const request: JobRequest = {
    query,
    count,
    dueAt,
    startsNow: due.ok && due.startsNow,
    timeZone: zoneOf(fields) || DEFAULT_ZONE,
    filters: filters.filters(),
    engines: valueOf(filters.readings.engines) ?? [],
    recipients: email === '' ? [] : [{ channel: 'email', address: email }],
    ...(Object.keys(output).length === 0 ? {} : { output }),
  };
  return { request, askedFor };
}
