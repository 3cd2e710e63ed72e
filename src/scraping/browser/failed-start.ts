import { AppError } from '../../jobs/app-error.js';
import type { FailureCode } from '../../jobs/failure-codes.js';
import { tellingLineOf } from './output-tail.js';
import { isSessionRefused, namedFailure } from './webdriver-errors.js';

/** chromedriver's messages if this Chrome can never start here. */
const HOPELESS_SESSION =
  /only supports Chrome version|no chrome binary|cannot find Chrome|No usable sandbox/i;
/** The system's messages about a program that can never run here. */
const HOPELESS_PROGRAM = /error while loading shared libraries|exec format error|cannot execute binary file/i;

const MAX_PROBLEM = 200;

/** A browser that did not start, with the last output of it and its driver. */
export class FailedStart extends AppError {
  /** @param said the last lines of their error output; the most telling one goes into the context */
  constructor(
    code: FailureCode,
    context: AppError['context'],
    readonly said: readonly string[],
    cause: unknown,
  ) {
    const telling = tellingLineOf(said);
    super(code, telling === null ? context : { ...context, said: telling }, cause);
  }

  /** Whether Chrome ended by itself, which may not happen again. */
  get hasDied(): boolean {
    return this.code === 'browser.crashed' && this.context['reason'] !== 'hung';
  }
}

/**
 * Names why Chrome or its driver did not start.
 * @param said the last lines of their error output
 * @returns `browser.missing` if it can never start here, `browser.crashed` if only this start failed
 */
export function failedStart(
  part: 'browser' | 'driver',
  error: unknown,
  said: readonly string[],
): FailedStart {
  const failure = namedFailure(error);
  if (failure.code === 'browser.missing') return new FailedStart(failure.code, failure.context, said, error);
  const refusal = isSessionRefused(error) && HOPELESS_SESSION.test(error.message) ? error.message : null;
  const problem = refusal ?? said.find((line) => HOPELESS_PROGRAM.test(line));
  if (problem === undefined) return new FailedStart('browser.crashed', failure.context, said, error);
  const context = { part, problem: problem.slice(0, MAX_PROBLEM) };
  return new FailedStart('browser.missing', context, said, error);
}
