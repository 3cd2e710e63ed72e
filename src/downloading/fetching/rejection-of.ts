import { AppError } from '../../jobs/app-error.js';
import { isRefusedHead } from '../../network/network-error.js';
import { refusalDetail } from './refusal-detail.js';
import { Rejection } from '../../jobs/rejection.js';

/**
 * A lost connection, e.g. closed by the server just as it was used again, or a name server without an answer
 * for now.
 */
const LOST = new Set([
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  'EAI_AGAIN',
  'ERR_HTTP2_STREAM_ERROR',
  'ERR_HTTP2_SESSION_ERROR',
]);

/**
 * Translates the error of a download to a Rejection.
 * @param stage whether the head of the response had arrived
 * @returns a Rejection for errors of GuardedHttp; other errors (disk, bugs) are returned unchanged
 */
export function rejectionOf(error: unknown, stage: 'head' | 'body'): unknown {
  if (!(error instanceof AppError && error.code.startsWith('network.'))) return error;
  if (stage === 'head' && isRefusedHead(error.cause))
    return new Rejection('bad_headers', String(error.context['reason']), null, error);
  const rejection = networkRejection(error);
  if (stage === 'head' || rejection.reason !== 'unreachable') return rejection;
  return new Rejection('broken_image', 'ended early', rejection.retryAfterMs, error);
}

function networkRejection(error: AppError): Rejection {
  const reason = String(error.context['reason'] ?? '');
  if (error.code === 'network.address_refused')
    return new Rejection('address_refused', refusalDetail(error.context), null, error);
  if (error.code === 'network.too_many_redirects')
    return new Rejection('too_many_redirects', null, null, error);
  if (error.code === 'network.timeout') return new Rejection('timeout', 'no answer', null, error);
  if (error.code === 'network.bad_answer') return new Rejection('bad_answer', reason, null, error);
  return new Rejection('unreachable', reason, LOST.has(reason) ? 0 : null, error);
}
