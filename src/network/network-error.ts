import { errors } from 'undici';
import { AppError } from '../jobs/app-error.js';

/**
 * Says in our words what a connection ran into.
 * @returns the error itself where it is ours already; `network.timeout` for every kind of waiting in vain,
 *   else `network.unreachable` with the system's or undici's code as `reason`
 */
export function networkErrorOf(error: unknown): AppError {
  const own = findAppError(error);
  if (own !== null) return own;
  const reason = codeOf(error);
  const isTimeout =
    error instanceof errors.ConnectTimeoutError ||
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError ||
    reason === 'ETIMEDOUT';
  return new AppError(isTimeout ? 'network.timeout' : 'network.unreachable', { reason }, error);
}

function findAppError(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  if (error instanceof AggregateError) return findAppError(error.errors[0]);
  return error instanceof Error && error.cause !== undefined ? findAppError(error.cause) : null;
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
