import type { NodemailerError } from 'nodemailer/lib/errors';
import { backoffMs } from '../../jobs/timing/backoff.js';
import { DEFERRED_BACKOFF } from '../notice-backoff.js';
import type { Delivery } from '../notifier.port.js';

/** The reply of a server that shuts down; it does not concern the mail. */
const SERVICE_CLOSING = 421;
/** Failures of this mail only; all others (login, encryption, connection) would affect any mail. */
const ABOUT_THE_MAIL = new Set(['EENVELOPE', 'EMESSAGE']);

/**
 * The outcome of a mail whose conversation failed.
 *
 * @param isHandedOver whether the server had begun to receive the message: a connection that breaks after
 *   that may have delivered it, so only a clear reply counts
 * @param attempt counted from 1
 * @see https://www.rfc-editor.org/rfc/rfc5321#section-4.2.1
 */
export function smtpOutcome(error: NodemailerError, isHandedOver: boolean, attempt: number): Delivery {
  const { responseCode, code } = error;
  const detail = describe(error);
  if (isHandedOver && responseCode === undefined) return { status: 'unknown', detail };
  const isAboutMail = ABOUT_THE_MAIL.has(code ?? '') && responseCode !== SERVICE_CLOSING;
  // Not the recipient's fault: the server may be back soon, and the operator may correct a password.
  if (!isAboutMail) return { status: 'put_off', detail, retryAfterMs: null };
  const isForGood = error.permanent ?? true;
  if (isForGood) return { status: 'refused', detail };
  return { status: 'put_off', detail, retryAfterMs: backoffMs(attempt, DEFERRED_BACKOFF) };
}

/** Codes only: the text of a server often repeats the address. */
function describe({ responseCode, response, code, originalCode, command }: NodemailerError): string {
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})/.exec(response ?? '')?.[1];
  const parts = [responseCode, enhanced, code, originalCode, command].filter((part) => part !== undefined);
  return ['smtp', ...parts].join(' ');
}
