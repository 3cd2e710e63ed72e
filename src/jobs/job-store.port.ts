import type { Instant } from './clock.port.js';
import type { ImageRecord } from './image-record.js';
import type { Job, JobId, NewJob, Outcome, Progress } from './job.js';
import type { Stage } from './job-states.js';
import type { Notice, NoticeKey, NoticeResult } from './notice.js';

/** A job to look at, and when. A hint: the record of the job decides whether there is anything to do. */
export interface DueJob {
  readonly jobId: JobId;
  readonly at: Instant;
}

/**
 * The records of all jobs, and the only authority on their state.
 *
 * Every method may throw AppError `storage.unavailable` (nothing happened) or `storage.outcome_unknown` (it
 * may have happened). A lost race is not an error: the method returns `null`.
 */
export abstract class JobStore {
  /**
   * Records a job in state `scheduled`, unless its id exists, and in the same step adds the `confirm` notices
   * of recipients that are to be asked to the outbox.
   * @returns the job as stored, and whether this call created it
   */
  abstract submit(job: NewJob): Promise<{ readonly job: Job; readonly created: boolean }>;

  /** @returns the job, or null if it never existed or was deleted */
  abstract get(id: JobId): Promise<Job | null>;

  /**
   * Begins or takes over a run by compare-and-set: `scheduled` or `running` becomes `running` with the epoch
   * raised by one, if the epoch is still `seenEpoch`. Spends an attempt, sets `startedAt` at the first begin,
   * resets the progress, and puts the `start` notices of all recipients into the outbox at the first begin.
   * @returns the job as begun, or null if another worker won or the job cannot begin
   */
  abstract begin(id: JobId, seenEpoch: number, at: Instant): Promise<Job | null>;

  /**
   * Leaves a run: the job takes the outcome's state if its epoch is `epoch` and the transition is legal.
   * In the same step `ready` puts the `end` notices into the outbox and `failed` the `error` notices.
   * @returns the job as left, or null if the epoch is old or the transition is not legal
   */
  abstract finish(id: JobId, epoch: number, outcome: Outcome): Promise<Job | null>;

  /**
   * `scheduled` or `running` becomes `cancelled`; no notice leaves after it.
   * @returns the cancelled job (also when it was cancelled before), or null in any other state
   */
  abstract cancel(id: JobId, at: Instant, expiresAt: Instant): Promise<Job | null>;

  /**
   * Moves the expiry of a `ready` job, once.
   * @returns the extended job, or null if it is not ready, was extended before, or has expired at `at`
   */
  abstract extend(id: JobId, at: Instant, expiresAt: Instant): Promise<Job | null>;

  /**
   * Records which images of a `ready` job everybody gets.
   * @param choice of its archive; null: all
   * @returns the job, or null if it is not ready or has expired at `at`
   */
  abstract choose(id: JobId, choice: string | null, at: Instant): Promise<Job | null>;

  /**
   * Makes a final job expire at `at`, so that the sweeper deletes it next.
   * @returns the job, or null if it is not final or does not exist
   */
  abstract expireAt(id: JobId, at: Instant): Promise<Job | null>;

  /** Deletes all records of the job, including images and notices. Safe to repeat. */
  abstract delete(id: JobId): Promise<void>;

  /** Records the progress of a run; a plain write that changes nothing if `epoch` is old. */
  abstract saveProgress(id: JobId, epoch: number, stage: Stage, progress: Progress): Promise<void>;

  /** Stores facts about images, replacing facts with the same hash; does nothing if the job is gone. */
  abstract saveImages(id: JobId, images: readonly ImageRecord[]): Promise<void>;

  /** @returns all image facts of the job, by ascending position */
  abstract images(id: JobId): Promise<ImageRecord[]>;

  /**
   * Jobs to look at with `from` ≤ instant < `to`, ascending by instant, then id. Covers scheduled jobs (at
   * their `dueAt`) and running jobs (at their last `dueAt`); may also name jobs that need nothing any more.
   */
  abstract due(from: Instant, to: Instant): AsyncIterable<DueJob>;

  /** Jobs whose `expiresAt` or `purgeAt` is ≤ `until`, ascending; may also name jobs that are gone. */
  abstract expiring(until: Instant): AsyncIterable<DueJob>;

  /**
   * Jobs with a notice that is `pending` and due at or before `until`; may also name jobs without such a
   * notice.
   */
  abstract noticesDue(until: Instant): AsyncIterable<DueJob>;

  /** @returns the outbox rows of a job */
  abstract notices(id: JobId): Promise<Notice[]>;

  /**
   * Marks a `pending` notice with `notBefore` ≤ `at` as `sending`, by compare-and-set.
   * @returns the claimed notice (one attempt more), or null if it is not pending, not due, or its job is
   *   cancelled or gone
   */
  abstract claimNotice(key: NoticeKey, at: Instant): Promise<Notice | null>;

  /** Records the result of a claimed notice; does nothing unless it is `sending` with the same attempts. */
  abstract settleNotice(claimed: Notice, result: NoticeResult): Promise<void>;

  /** Frees the disk space of deleted records, if the store does not do so by itself. */
  abstract compact(): Promise<void>;

  /** Resolves if the store can be read and written. @throws AppError `storage.unavailable` */
  abstract ping(signal: AbortSignal): Promise<void>;

  /** Closes every connection and file. Safe to repeat. */
  abstract close(): Promise<void>;
}
