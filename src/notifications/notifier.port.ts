import type { Channel } from '../jobs/channels.js';
import type { Job, Recipient } from '../jobs/job.js';
import type { Notice, NoticeKey } from '../jobs/notice.js';

/**
 * The result of one attempt to tell a recipient. `kept_back`: the notice was not to leave, and nobody was
 * told. `unknown`: the notice may have arrived, so it is never repeated. `refused` may name another
 * recipient, who gets no other notice of this job.
 */
export type Delivery =
  | { readonly status: 'sent' }
  | { readonly status: 'kept_back' }
  | { readonly status: 'refused'; readonly detail: string; readonly instead?: Recipient }
  | {
      readonly status: 'put_off';
      readonly detail: string;
      readonly retryAfterMs: number | null;
      /** Whether the wait must be exact, because a later try would miss the notice's turn. */
      readonly isExact?: boolean;
    }
  | { readonly status: 'unknown'; readonly detail: string };

/**
 * Called right before the first byte that tells anybody. A failure before this call is tried again; after it
 * there is only one try. Repeated calls give the same answer.
 * @returns false if the notice must not leave: another process has claimed it, or it is not wanted any more
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
  abstract send(notice: Notice, job: Job, maySend: MaySend, signal: AbortSignal): Promise<Delivery>;
}
