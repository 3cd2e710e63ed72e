import { AppError } from '../jobs/app-error.js';
import { errorCode } from '../jobs/error-code.js';
import { networkErrorOf } from '../network/network-error.js';
import { refusalDetail } from './refusal-detail.js';
import { Rejection } from './rejection.js';

/**
 * A connection that went away, for one because the server closed it just as it was used again; a name server that
 * has no answer just now.
 */
const LOST = new Set([
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  'EAI_AGAIN',
  'ERR_HTTP2_STREAM_ERROR',
  'ERR_HTTP2_SESSION_ERROR',
]);
/** Node's own codes for what the other side did; its others tell of mistakes of ours. */
const THEIRS = /^ERR_(?:STREAM_PREMATURE_CLOSE$|HTTP2_|SSL_)/;

/**
 * Says why a download failed as the record says it.
 * @param stage whether the answer's head was still waited for, or its body had begun
 * @returns a Rejection for everything the other side did; what this machine did (disk, bugs) as it is
 */
export function rejectionOf(error: unknown, stage: 'head' | 'body'): unknown {
  if (error instanceof Rejection) return error;
  const code = errorCode(error) ?? '';
  if (/^(?:Z_|ERR__?ERROR_|ERR_BROTLI|ZSTD_)/.test(code))
    return new Rejection('broken_image', 'content coding', null, error);
  if (error instanceof AppError) return error.code.startsWith('network.') ? networkRejection(error) : error;
  const isForeign = code !== '' && (!code.startsWith('ERR_') || THEIRS.test(code));
  if (!isForeign) return error;
  const rejection = networkRejection(networkErrorOf(error));
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
  return new Rejection('unreachable', reason, LOST.has(reason) ? 0 : null, error);
}
