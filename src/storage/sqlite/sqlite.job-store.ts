import { AppError } from '../../jobs/app-error.js';
import type { Instant } from '../../jobs/clock.port.js';
import type { ImageRecord } from '../../jobs/image-record.js';
import type { Job, JobId, NewJob, Outcome, Progress } from '../../jobs/job.js';
import type { Stage } from '../../jobs/job-states.js';
import {
  beginStep,
  cancelStep,
  chooseStep,
  expireStep,
  extendStep,
  finishStep,
  type JobStep,
  submitStep,
} from '../../jobs/job-steps.js';
import { type DueJob, JobStore } from '../../jobs/job-store.port.js';
import type { Notice, NoticeKey, NoticeResult } from '../../jobs/notice.js';
import { dueRows, endingRows, noticeRows } from './due-rows.js';
import { readImages, writeImages } from './image-rows.js';
import { GroupCommit } from './group-commit.js';
import { insertJob, readJob, updateJob } from './job-rows.js';
import { claim, dropPending, insertNotices, selectNotices, settle } from './notice-rows.js';
import type { SqliteDatabase } from './sqlite-database.js';

/** Stores the records of all jobs in one SQLite file, for one machine. */
export class SqliteJobStore extends JobStore {
  private readonly writes: GroupCommit;

  constructor(private readonly db: SqliteDatabase) {
    super();
    this.writes = new GroupCommit(db);
  }

  override async submit(given: NewJob): Promise<{ readonly job: Job; readonly created: boolean }> {
    return this.writes.run(() => {
      const present = readJob(this.db, given.id);
      if (present !== null) return { job: present, created: false };
      const { job, notices } = submitStep(given);
      insertJob(this.db, job);
      insertNotices(this.db, notices);
      return { job, created: true };
    });
  }

  override async get(id: JobId): Promise<Job | null> {
    return readJob(this.db, id);
  }

  override async begin(id: JobId, seenEpoch: number, at: Instant): Promise<Job | null> {
    return this.change(id, (job) => beginStep(job, seenEpoch, at));
  }

  override async finish(id: JobId, epoch: number, outcome: Outcome): Promise<Job | null> {
    return this.change(id, (job) => finishStep(job, epoch, outcome));
  }

  override async cancel(id: JobId, at: Instant, expiresAt: Instant): Promise<Job | null> {
    return this.change(id, (job) => cancelStep(job, at, expiresAt));
  }

  override async extend(id: JobId, at: Instant, expiresAt: Instant): Promise<Job | null> {
    return this.change(id, (job) => extendStep(job, at, expiresAt));
  }

  override async choose(id: JobId, choice: string | null, at: Instant): Promise<Job | null> {
    return this.change(id, (job) => chooseStep(job, choice, at));
  }

  override async expireAt(id: JobId, at: Instant): Promise<Job | null> {
    return this.change(id, (job) => expireStep(job, at));
  }

  override async delete(id: JobId): Promise<void> {
    await this.writes.run(() => this.db.run('DELETE FROM job WHERE id = ?', id));
  }

  override async saveProgress(id: JobId, epoch: number, stage: Stage, progress: Progress): Promise<void> {
    this.db.run(
      `UPDATE job SET stage = ?, progress = ?, version = version + 1
       WHERE id = ? AND epoch = ? AND state = 'running'`,
      stage,
      JSON.stringify(progress),
      id,
      epoch,
    );
  }

  override async saveImages(id: JobId, images: readonly ImageRecord[]): Promise<void> {
    writeImages(this.db, id, images);
  }

  override async images(id: JobId): Promise<ImageRecord[]> {
    return readImages(this.db, id);
  }

  override due(from: Instant, to: Instant): AsyncIterable<DueJob> {
    return dueRows(this.db, from, to);
  }

  override expiring(until: Instant): AsyncIterable<DueJob> {
    return endingRows(this.db, until);
  }

  override noticesDue(until: Instant): AsyncIterable<DueJob> {
    return noticeRows(this.db, until);
  }

  override async notices(id: JobId): Promise<Notice[]> {
    return selectNotices(this.db, id);
  }

  override async claimNotice(key: NoticeKey, at: Instant): Promise<Notice | null> {
    return claim(this.db, key, at);
  }

  override async settleNotice(claimed: Notice, result: NoticeResult): Promise<void> {
    settle(this.db, claimed, result);
  }

  override async compact(): Promise<void> {
    this.db.compact();
  }

  override async ping(signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw new AppError('storage.unavailable', {}, signal.reason);
    this.db.run('UPDATE pulse SET beats = beats + 1');
  }

  override async close(): Promise<void> {
    this.db.close();
  }

  /** Reads a job, applies one step and writes it with its outbox rows, in one transaction. */
  private change(id: JobId, stepOf: (job: Job) => JobStep | null): Promise<Job | null> {
    return this.writes.run(() => {
      const job = readJob(this.db, id);
      const step = job === null ? null : stepOf(job);
      if (job === null || step === null) return null;
      if (step.job === job) return job;
      const changed = { ...step.job, version: job.version + 1 };
      updateJob(this.db, changed);
      if (step.dropsPending) dropPending(this.db, id);
      insertNotices(this.db, step.notices);
      return changed;
    });
  }
}
