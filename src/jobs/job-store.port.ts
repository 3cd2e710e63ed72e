import type { Instant } from './clock.port.js';
import type { ImageRecord } from './image-record.js';
import type { Job, JobId, NewJob, Outcome, Progress } from './job.js';
import type { Stage } from './job-states.js';
import type { Notice, NoticeKey, NoticeResult } from './notice.js';

/** A job to look at, and when. A hint: the job itself decides whether anything is to be done. */
export interface DueJob {
  readonly jobId: JobId;
  readonly at: Instant;
}

/**
 * The records of all jobs, and the one judge of who is right.
 *
 * Every method may throw AppError `storage.unavailable` (nothing happened) or `storage.outcome_unknown` (it
 * may or may not have). A lost race is not an error: the method answers `null`.
 */
export abstract class JobStore {
  /**
   * Records a job in state `scheduled`, unless one with the same id is there already, and in the same step puts
   * the `confirm` notices of its e-mail recipients into the outbox where they are to be asked.
   * @returns the job as stored, and whether this call created it
   */
  abstract submit(job: NewJob): Promise<{ readonly job: Job; readonly created: boolean }>;

  /** @returns the job, or null when there is none (never was, or deleted) */
  abstract get(id: JobId): Promise<Job | null>;

  /**
   * Begins or takes over a run by compare-and-set: `scheduled` or `running` becomes `running` with the epoch
   * raised by one, if the epoch still is `seenEpoch`. Spends an attempt, sets `startedAt` at the first begin,
   * resets the progress, and puts the `start` notices of all recipients into the outbox at the first begin.
   * @returns the job as begun, or null when another worker won or the job cannot begin
   */
  abstract begin(id: JobId, seenEpoch: number, at: Instant): Promise<Job | null>;

  /**
   * Leaves a run: the job takes the outcome's state if its epoch is `epoch` and the transition is legal.
   * In the same step `ready` puts the `end` notices into the outbox and `failed` the `error` notices.
   * @returns the job as left, or null when the epoch is old or the transition is not legal
   */
  abstract finish(id: JobId, epoch: number, outcome: Outcome): Promise<Job | null>;

  /**
   * `scheduled` or `running` becomes `cancelled`; no notice leaves after it.
   * @returns the cancelled job (also when it was cancelled before), or null in any other state
   */
  abstract cancel(id: JobId, at: Instant, expiresAt: Instant): Promise<Job | null>;

  /**
   * Moves the expiry of a `ready` job, once.
   * @returns the extended job, or null when it is not ready, was extended before, or has expired at `at`
   */
  abstract extend(id: JobId, at: Instant, expiresAt: Instant): Promise<Job | null>;

  /**
   * Makes a final job expire at `at`, so that the sweeper deletes it next.
   * @returns the job, or null when it is not final or not there
   */
  abstract expireAt(id: JobId, at: Instant): Promise<Job | null>;

  /** Deletes every record of the job: images and notices too. Deleting twice is no error. */
  abstract delete(id: JobId): Promise<void>;

  /** Shows what a run is doing; a plain write that changes nothing when `epoch` is old. */
  abstract saveProgress(id: JobId, epoch: number, stage: Stage, progress: Progress): Promise<void>;

  /** Stores facts about images, replacing those with the same hash; nothing where the job is gone. */
  abstract saveImages(id: JobId, images: readonly ImageRecord[]): Promise<void>;

  /** @returns every image fact of the job, by ascending position */
  abstract images(id: JobId): Promise<ImageRecord[]>;

  /**
   * Jobs to look at with `from` ≤ instant < `to`, ascending by instant, then id. Covers scheduled jobs (at
   * their `dueAt`) and running ones (at their last `dueAt`); may also name jobs that need nothing any more.
   */
  abstract due(from: Instant, to: Instant): AsyncIterable<DueJob>;

  /** Jobs whose `expiresAt` or `purgeAt` is ≤ `until`, ascending; may also name jobs that are gone. */
  abstract expiring(until: Instant): AsyncIterable<DueJob>;

  /** Jobs with a notice that is `pending` and due at or before `until`; may name jobs that have none. */
  abstract noticesDue(until: Instant): AsyncIterable<DueJob>;

  /** @returns the outbox rows of a job */
  abstract notices(id: JobId): Promise<Notice[]>;

  /**
   * Marks a `pending` notice with `notBefore` ≤ `at` as `sending`, by compare-and-set.
   * @returns the claimed notice (one attempt more), or null when it is not pending, not due, or its job is
   *   cancelled or gone
   */
  abstract claimNotice(key: NoticeKey, at: Instant): Promise<Notice | null>;

  /** Records what became of a claimed notice; nothing when it is not `sending` with the same attempts. */
  abstract settleNotice(claimed: Notice, result: NoticeResult): Promise<void>;

  /** Gives back disk space and pages of deleted records where the store needs to be told. */
  abstract compact(): Promise<void>;

  /** Answers when the store can be read and written. @throws AppError `storage.unavailable` */
  abstract ping(signal: AbortSignal): Promise<void>;

  /** Closes every connection and file. Calling twice is no error. */
  abstract close(): Promise<void>;
}
