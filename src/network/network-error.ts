import { AppError, isAppError } from '../jobs/app-error.js';
import { errorCode } from '../jobs/error-code.js';

const TIMEOUTS = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);
/** What came is no HTTP, or not what its head had said. undici's parser gives its errors no code. */
const MALFORMED =
  /^(?:HTTPParserError|HPE_\w+|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES_\w+|ERR_HTTP2_(?!STREAM_ERROR|SESSION_ERROR)\w+)$/;
/** Of these, what the head of an answer can be refused for: with lengths that do not agree, the last. */
const REFUSED_HEAD =
  /^(?:HTTPParserError|HPE_\w+|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)$/;
/** How undici takes «100 Continue», which the rules have everybody bear. */
const UNASKED = 'bad response';
/** A connection's codes are the system's, undici's and these of Node: its others are about how it is called. */
const OF_CONNECTIONS = /^(?!ERR_|UND_ERR_INVALID_)|^ERR_(?:STREAM_PREMATURE_CLOSE$|HTTP2_|SSL_|TLS_)/;

/**
 * Says in our words what talking to a host ran into, whatever shape the error has.
 * @returns the error itself where it is ours already; `network.timeout` for every kind of waiting in vain;
 *   `network.unreachable` for connections that fail; `network.bad_answer` for everything else, also for what nobody
 *   knows. Context `reason`: the code, or the error's name where it has none.
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

/** Whether the head of an answer was refused by undici's parser, which reads nothing but what is right. */
export function isRefusedHead(error: unknown): boolean {
  const reason = errorCode(error) ?? (error instanceof Error ? error.name : '');
  return REFUSED_HEAD.test(reason) || (error instanceof Error && error.message === UNASKED);
}

/** Whether a host brought about an error that nobody knows: then the mistake may be ours. */
export function isUnknownFailure(error: unknown): boolean {
  return isAppError(error, 'network.bad_answer') && error.context['isKnown'] === false;
}
