import { AppError, isAppError } from '../jobs/app-error.js';
import { errorCode } from '../jobs/error-code.js';

const TIMEOUTS = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);
/**
 * Messages for bytes that are not HTTP or contradict their head. undici's parser gives its errors no code.
 */
const MALFORMED =
  /^(?:HTTPParserError|HPE_\w+|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES_\w+|ERR_HTTP2_(?!STREAM_ERROR|SESSION_ERROR)\w+)$/;
/** The messages that refuse the head of an answer; the last one is for lengths that disagree. */
const REFUSED_HEAD =
  /^(?:HTTPParserError|HPE_\w+|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)$/;
/** undici's message for "100 Continue", which every client should tolerate. */
const UNASKED = 'bad response';
/** Codes of connections: the system's, undici's and these of Node; Node's others are about wrong calls. */
const OF_CONNECTIONS = /^(?!ERR_|UND_ERR_INVALID_)|^ERR_(?:STREAM_PREMATURE_CLOSE$|HTTP2_|SSL_|TLS_)/;

/**
 * Names an error of talking to a host as an AppError, whatever shape it has.
 * @returns the error itself if it is an AppError; `network.timeout` for every kind of waiting in vain;
 *   `network.unreachable` for failed connections; `network.bad_answer` for everything else, unknown errors
 *   included. Context `reason`: the code, or the error's name if it has none.
 */
export function networkErrorOf(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const code = errorCode(error);
  const reason = code ?? (error instanceof Error ? error.name : 'unknown');
  if (TIMEOUTS.has(reason)) return new AppError('network.timeout', { reason }, error);
  const isMalformed = MALFORMED.test(reason);
  if (code !== null && !isMalformed && OF_CONNECTIONS.test(code))
    return new AppError('network.unreachable', { reason }, error);
  return new AppError('network.bad_answer', { reason, isKnown: isMalformed }, error);
}

/** Whether undici's parser, which is strict, refused the head of an answer. */
export function isRefusedHead(error: unknown): boolean {
  const reason = errorCode(error) ?? (error instanceof Error ? error.name : '');
  return REFUSED_HEAD.test(reason) || (error instanceof Error && error.message === UNASKED);
}

/** Whether a host caused an unknown error, which may be our own mistake. */
export function isUnknownFailure(error: unknown): boolean {
  return isAppError(error, 'network.bad_answer') && error.context['isKnown'] === false;
}
