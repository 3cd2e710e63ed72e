import type { JobId } from '../../jobs/job.js';
import type { Slot } from '../../jobs/notice.js';
import type { Delivery, MaySend } from '../notifier.port.js';

/** A mail ready to leave. */
export interface RawMail {
  readonly jobId: JobId;
  readonly slot: Slot;
  /** The envelope's addresses, ASCII. */
  readonly from: string;
  readonly to: string;
  /** The message with its headers. @see https://www.rfc-editor.org/rfc/rfc5322 */
  readonly bytes: Buffer;
}

/** Delivers mails. */
export abstract class MailTransport {
  /**
   * Hands over one mail; failures are values.
   * @param attempt counted from 1; determines the wait after a refusal
   */
  abstract send(mail: RawMail, attempt: number, maySend: MaySend, signal: AbortSignal): Promise<Delivery>;

  /** Resolves if mail can be handed over. @throws AppError `mail.temporary`, `disk.not_writable` */
  abstract ping(signal: AbortSignal): Promise<void>;
}
