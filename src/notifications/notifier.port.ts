import type { Channel, Job, Recipient } from '../jobs/job.js';
import type { Notice } from '../jobs/notice.js';

/**
 * What became of one attempt to tell a recipient. `unknown`: it may have arrived, so it is never repeated.
 * `refused` may name somebody to tell instead, who gets no notice of this job otherwise.
 */
export type Delivery =
  | { readonly status: 'sent' }
  | { readonly status: 'refused'; readonly detail: string; readonly instead?: Recipient }
  | { readonly status: 'put_off'; readonly detail: string; readonly retryAfterMs: number | null }
  | { readonly status: 'unknown'; readonly detail: string };

/** One way to tell people about their jobs. */
export abstract class Notifier {
  abstract readonly channel: Channel;

  /**
   * Makes ready what takes time and may fail harmlessly. It is called before a notice is marked as leaving, since
   * a process that dies after that mark never sends it.
   */
  async prepare(): Promise<void> {}

  /**
   * Tells the notice's recipient. Failures are values: a notice never fails a job.
   * @param job the job as it is now
   */
  abstract send(notice: Notice, job: Job, signal: AbortSignal): Promise<Delivery>;
}
