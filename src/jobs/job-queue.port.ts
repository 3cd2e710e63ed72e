import type { Instant } from './clock.port.js';
import type { JobId } from './job.js';

/** Runs one job to its end or until `signal` aborts; never rejects because the job failed. */
export type RunJob = (id: JobId, signal: AbortSignal) => Promise<void>;

/**
 * Decides when and where a job runs. The store's compare-and-set decides whether it runs, so scheduling a job
 * several times is harmless.
 */
export abstract class JobQueue {
  /** Begins to take jobs in due order, overdue jobs first. */
  abstract start(run: RunJob): Promise<void>;

  /** Schedules a look at a job; an instant in the past means now. */
  abstract schedule(id: JobId, at: Instant): Promise<void>;

  /**
   * Takes no more jobs, aborts the running ones with AppError `job.stopped` and waits until they have ended.
   */
  abstract stop(): Promise<void>;

  /** Resolves if jobs are being taken. @throws AppError `storage.unavailable` */
  abstract ping(signal: AbortSignal): Promise<void>;
}
