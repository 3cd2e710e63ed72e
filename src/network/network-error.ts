import { AppError } from '../jobs/app-error.js';
import { errorCode } from '../jobs/error-code.js';

const TIMEOUTS = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

/**
 * Says in our words what a connection ran into.
 * @returns the error itself where it is ours already; `network.timeout` for every kind of waiting in vain,
 *   else `network.unreachable`, with the system's or undici's code as `reason`
 */
export function networkErrorOf(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const reason = errorCode(error) ?? 'unknown';
  return new AppError(TIMEOUTS.has(reason) ? 'network.timeout' : 'network.unreachable', { reason }, error);
}
