import type { Instant } from '../../jobs/clock.port.js';
import type { Job } from '../../jobs/job.js';
import type { ShownImage } from '../jobs/kept-images.js';

/** How mail is handled: sent, or without a mail server only kept, readable for this reader or not. */
export type MailWay = 'sent' | 'kept' | 'kept_to_read';

/**
 * Tells how mail is handled.
 * @param sendsMail whether a mail server is set @param isLocal whether the reader may open the kept mails
 */
export function mailWay(sendsMail: boolean, isLocal: boolean): MailWay {
  if (sendsMail) return 'sent';
  return isLocal ? 'kept_to_read' : 'kept';
}

/** Data of the job page. */
export interface JobView {
  readonly job: Job;
  /** Path of the page itself. */
  readonly path: string;
  /** The address to share and the zip; used only if the job is ready. */
  readonly downloadUrl: string;
  readonly archivePath: string;
  /** Path of the form with the same request filled in. */
  readonly againPath: string;
  /** Instant from which the engines that failed can be asked again; null if waiting does not help. */
  readonly laterAt: Instant | null;
  readonly mailWay: MailWay;
  /** Whether a first mail asks an address of the job before it gets any notice. */
  readonly asksToConfirm: boolean;
  readonly images: readonly ShownImage[];
  readonly now: Instant;
}
