import type { Channel } from '../jobs/channels.js';
import type { Job, Recipient } from '../jobs/job.js';
import type { Notice, NoticeKey } from '../jobs/notice.js';

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

/** Whether a notice may go to its recipient; `awaited`: the recipient has not answered yet. */
export type Consent =
  { readonly kind: 'given' | 'awaited' } | { readonly kind: 'refused'; readonly why: string };

/** One way to tell people about their jobs. */
export abstract class Notifier {
  abstract readonly channel: Channel;

  /**
   * Asked right before a notice leaves. By default consent is given: a chat tells only those who asked in it.
   * @throws AppError of the store
   */
  consentTo(_notice: NoticeKey): Promise<Consent> {
    return Promise.resolve({ kind: 'given' });
  }

  /** Called when a notice was put off, to give back what its consent took. @throws AppError of the store */
  async afterPutOff(_notice: NoticeKey): Promise<void> {}

  /**
   * Tells the notice's recipient. Failures are values: a notice never fails a job.
   * @param notice with this attempt counted
   * @param job the job as it is now
   */
  abstract send(notice: Notice, job: Job, mayLeave: MaySend, signal: AbortSignal): Promise<Delivery>;
}
