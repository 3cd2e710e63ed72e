import type { NodemailerError } from 'nodemailer/lib/errors';
import { backoffMs, DEFERRED_BACKOFF } from './backoff.js';
import type { Delivery } from './notifier.port.js';

/** The reply of a server that is being shut down: not about the mail. */
const SERVICE_CLOSING = 421;
/** Wrong use of the conversation: nodemailer says so before anything is sent. */
const OURS = new Set(['EENVELOPE', 'EMESSAGE']);

/**
 * What became of a mail whose conversation failed.
 *
 * @param isHandedOver whether the server had begun to receive the message: a connection that breaks after
 *   that may have delivered it, so only a clear reply counts
 * @param attempt counted from 1
 * @see https://www.rfc-editor.org/rfc/rfc5321#section-4.2.1
 */
export function smtpOutcome(error: NodemailerError, isHandedOver: boolean, attempt: number): Delivery {
  const { responseCode, code } = error;
  const detail = describe(error);
  if (responseCode === undefined) {
    if (isHandedOver) return { status: 'unknown', detail };
    return OURS.has(code ?? '')
      ? { status: 'refused', detail }
      : { status: 'put_off', detail, retryAfterMs: null };
  }
  // A wrong password is the operator's to correct, not the recipient's fault.
  const isAboutMail = code !== 'EAUTH' && code !== 'EPROTOCOL' && responseCode !== SERVICE_CLOSING;
  if (error.permanent === true && isAboutMail) return { status: 'refused', detail };
  const retryAfterMs = isAboutMail ? backoffMs(attempt, DEFERRED_BACKOFF) : null;
  return { status: 'put_off', detail, retryAfterMs };
}

/** The codes only: a server's own text often repeats the address. */
function describe({ responseCode, response, code, originalCode, command }: NodemailerError): string {
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})/.exec(response ?? '')?.[1];
  const parts = [responseCode, enhanced, code, originalCode, command].filter((part) => part !== undefined);
  return ['smtp', ...parts].join(' ');
}
