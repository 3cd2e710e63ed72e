import type { Instant } from '../../jobs/clock.port.js';
import type { Job } from '../../jobs/job.js';
import type { ShownImage } from '../jobs/kept-images.js';

/** What becomes of mail: it is sent, or without a mail server only kept, and may then be read by this reader or not. */
export type MailWay = 'sent' | 'kept' | 'kept_to_read';

/**
 * What becomes of mail.
 * @param sendsMail whether a mail server is set @param isLocal whether the reader may open the kept mails
 */
export function mailWay(sendsMail: boolean, isLocal: boolean): MailWay {
  if (sendsMail) return 'sent';
  return isLocal ? 'kept_to_read' : 'kept';
}

/** What the job page shows. */
export interface JobView {
  readonly job: Job;
  /** Path of the page itself. */
  readonly path: string;
  /** The address to share, and the zip; only used once the job is ready. */
  readonly downloadUrl: string;
  readonly archivePath: string;
  /** Path of the form filled in with the same request. */
  readonly againPath: string;
  /** When the search engines that made the job fail can be asked again; null: waiting does not help. */
  readonly laterAt: Instant | null;
  readonly mailWay: MailWay;
  /** Whether an address of the job is asked by a first mail before it gets any notice. */
  readonly asksToConfirm: boolean;
  readonly images: readonly ShownImage[];
  readonly now: Instant;
}
