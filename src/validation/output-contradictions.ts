import type { Output } from '../jobs/request/output.js';
import type { OutputField } from '../jobs/request/request-fields.js';
import { refuse, type Refused } from './reading.js';

/** Problems of options of the zip that contradict other options. */
export type OutputProblems = Partial<Record<OutputField, Refused>>;

/**
 * Finds options of the zip that have no effect without others.
 * @param wrong names of fields that are reported already, on which nothing can be built
 */
export function contradictionsInOutput(
  { layout = 'flat', validation, seed }: Output,
  wrong: ReadonlySet<string>,
): OutputProblems {
  return {
    ...(validation !== undefined && layout === 'flat' && !wrong.has('layout')
      ? { validation: refuse('validation.needs_folders') }
      : {}),
    ...(seed !== undefined && validation === undefined && !wrong.has('validation')
      ? { seed: refuse('seed.without_split') }
      : {}),
  };
}
