import { nearestName } from '../config/nearest-name.js';
import { FIELD_NAMES } from '../jobs/request/request-fields.js';
import type { Problem, RawFields } from './problem.js';
import { wordProblem } from './problem-wording.js';

/** Most unknown names to report, and most characters of each. */
const MAX_REPORTED = 20;
const MAX_NAME_LENGTH = 60;

/** Reports names that are not fields of a request, each with the nearest field name. */
export function unknownFields(raw: RawFields): Problem[] {
  return Object.keys(raw)
    .filter((name) => !FIELD_NAMES.some((known) => known === name))
    .slice(0, MAX_REPORTED)
    .map((name) => describe(name.slice(0, MAX_NAME_LENGTH)));
}

function describe(name: string): Problem {
  const upper = nearestName(
    name,
    FIELD_NAMES.map((known) => known.toUpperCase()),
  );
  const nearest = FIELD_NAMES.find((known) => known.toUpperCase() === upper);
  const code = nearest === undefined ? 'field.unknown' : 'field.unknown_near';
  return { field: name, code, message: wordProblem(code, { name, nearest: nearest ?? '' }) };
}
