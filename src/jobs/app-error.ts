import type { FailureCode } from './failure-codes.js';

/** Facts about a failure for the operator; never secrets, addresses of people or tokens. */
export type ErrorContext = Readonly<Record<string, string | number | boolean>>;

/** A failure with a stable dotted code, by which the wording for people is looked up. */
export class AppError extends Error {
  /**
   * @param code stable dotted code, e.g. `source.blocked`
   * @param context facts for logs and for the wording
   * @param cause the underlying error, kept for logs
   */
  constructor(
    readonly code: FailureCode,
    readonly context: ErrorContext = {},
    cause?: unknown,
  ) {
    super(code, cause === undefined ? undefined : { cause });
    this.name = 'AppError';
  }
}

/** Whether `error` is an AppError with one of `codes` (any code if none is given). */
export function isAppError(error: unknown, ...codes: FailureCode[]): error is AppError {
  return error instanceof AppError && (codes.length === 0 || codes.includes(error.code));
}
