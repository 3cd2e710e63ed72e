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
  /** The whole message with its headers. @see https://www.rfc-editor.org/rfc/rfc5322 */
  readonly bytes: Buffer;
}

/** Takes mails to where they are read. */
export abstract class MailTransport {
  /**
   * Hands over one mail; failures are values.
   * @param attempt counted from 1; how long a refusal is waited out depends on it
   */
  abstract send(mail: RawMail, attempt: number, mayLeave: MaySend, signal: AbortSignal): Promise<Delivery>;

  /** Answers when mail can be handed over. @throws AppError `mail.temporary`, `disk.not_writable` */
  abstract ping(signal: AbortSignal): Promise<void>;
}
