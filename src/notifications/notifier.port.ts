import type { Channel, Job, Recipient } from '../jobs/job.js';
import type { Notice } from '../jobs/notice.js';

/**
 * What became of one attempt to tell a recipient. `kept_back`: it was not to leave, and nobody was told.
 * `unknown`: it may have arrived, so it is never repeated. `refused` may name somebody to tell instead, who gets
 * no notice of this job otherwise.
 */
export type Delivery =
  | { readonly status: 'sent' }
  | { readonly status: 'kept_back' }
  | { readonly status: 'refused'; readonly detail: string; readonly instead?: Recipient }
  | {
      readonly status: 'put_off';
      readonly detail: string;
      readonly retryAfterMs: number | null;
      /** Whether the wait is this notice's own, so that coming back later would only miss its turn. */
      readonly isExact?: boolean;
    }
  | { readonly status: 'unknown'; readonly detail: string };

/**
 * Asked right before the first word that tells anybody: until then everything may fail or be broken off and is
 * tried again, after it there is only one try. Asking twice gives the same answer.
 * @returns false where the notice is not to leave: another process has it, or nobody wants it any more
 * @throws AppError of the store
 */
export type MaySend = () => Promise<boolean>;

/** One way to tell people about their jobs. */
export abstract class Notifier {
  abstract readonly channel: Channel;

  /**
   * Tells the notice's recipient. Failures are values: a notice never fails a job.
   * @param notice with this attempt counted
   * @param job the job as it is now
   */
  abstract send(notice: Notice, job: Job, mayLeave: MaySend, signal: AbortSignal): Promise<Delivery>;
}
