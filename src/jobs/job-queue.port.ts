import type { Instant } from './clock.port.js';
import type { JobId } from './job.js';

/** Runs one job to its end or until `signal` aborts; never rejects for a reason of the job itself. */
export type RunJob = (id: JobId, signal: AbortSignal) => Promise<void>;

/**
 * Decides when and where a job runs, never whether: the store's compare-and-set does that, so naming a job
 * twice or too often is harmless.
 */
export abstract class JobQueue {
  /** Begins to take jobs, those that are overdue first, in due order. */
  abstract start(run: RunJob): Promise<void>;

  /** Says that a job is to be looked at `at` an instant; the past means now. */
  abstract schedule(id: JobId, at: Instant): Promise<void>;

  /** Takes no more jobs, aborts the running ones with AppError `job.stopped` and waits until they have ended. */
  abstract stop(): Promise<void>;

  /** Answers when jobs are being taken. @throws AppError `storage.unavailable` */
  abstract ping(signal: AbortSignal): Promise<void>;
}
