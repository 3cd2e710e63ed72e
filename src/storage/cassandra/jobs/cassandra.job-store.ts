import type { Clock, Instant } from '../../../jobs/clock.port.js';
import type { ImageRecord } from '../../../jobs/image-record.js';
import type { Job, JobId, NewJob, Outcome, Progress } from '../../../jobs/job.js';
import type { Stage } from '../../../jobs/job-states.js';
import {
  beginStep,
  cancelStep,
  chooseStep,
  expireStep,
  extendStep,
  finishStep,
} from '../../../jobs/job-steps.js';
import { type DueJob, JobStore } from '../../../jobs/job-store.port.js';
import type { Notice, NoticeKey, NoticeResult } from '../../../jobs/notice.js';
import { ping } from '../ping.js';
import type { CassandraSession } from '../cassandra-session.js';
import { Deletion } from './deletion.js';
import { DueJobs } from './due-jobs.js';
import { Hints } from '../hints/hints.js';
import { ImagePartitions } from './image-partitions.js';
import { JobPartitions, readNoticeRows } from './job-partitions.js';
import { StoredNotices } from './stored-notices.js';

/** Stores the records of all jobs in Cassandra, for any number of machines. */
export class CassandraJobStore extends JobStore {
  private readonly jobs: JobPartitions;
  private readonly pictures: ImagePartitions;
  private readonly outbox: StoredNotices;
  private readonly dueJobs: DueJobs;
  private readonly deletion: Deletion;

  constructor(
    private readonly session: CassandraSession,
    clock: Clock,
  ) {
    super();
    const hints = new Hints(session, clock);
    this.deletion = new Deletion(session, clock, hints);
    this.jobs = new JobPartitions(session, clock, hints, this.deletion);
    this.pictures = new ImagePartitions(session, clock);
    this.outbox = new StoredNotices(session, clock, hints);
    this.dueJobs = new DueJobs(session, clock, hints, this.jobs);
  }

  override submit(job: NewJob): Promise<{ readonly job: Job; readonly created: boolean }> {
    return this.jobs.submit(job);
  }

  override async get(id: JobId): Promise<Job | null> {
    return (await this.jobs.read(id))?.job ?? null;
  }

  override begin(id: JobId, seenEpoch: number, at: Instant): Promise<Job | null> {
    return this.jobs.change(id, (job) => beginStep(job, seenEpoch, at));
  }

  override finish(id: JobId, epoch: number, outcome: Outcome): Promise<Job | null> {
    return this.jobs.change(id, (job) => finishStep(job, epoch, outcome));
  }

  override cancel(id: JobId, at: Instant, expiresAt: Instant): Promise<Job | null> {
    return this.jobs.change(id, (job) => cancelStep(job, at, expiresAt));
  }

  override extend(id: JobId, at: Instant, expiresAt: Instant): Promise<Job | null> {
    return this.jobs.change(id, (job) => extendStep(job, at, expiresAt));
  }

  override choose(id: JobId, choice: string | null, at: Instant): Promise<Job | null> {
    return this.jobs.change(id, (job) => chooseStep(job, choice, at));
  }

  override expireAt(id: JobId, at: Instant): Promise<Job | null> {
    return this.jobs.change(id, (job) => expireStep(job, at));
  }

  override delete(id: JobId): Promise<void> {
    return this.deletion.delete(id);
  }

  override saveProgress(id: JobId, epoch: number, stage: Stage, progress: Progress): Promise<void> {
    return this.jobs.saveProgress(id, { epoch, stage, progress });
  }

  override saveImages(id: JobId, images: readonly ImageRecord[]): Promise<void> {
    return this.pictures.save(id, images);
  }

  override images(id: JobId): Promise<ImageRecord[]> {
    return this.pictures.read(id);
  }

  override due(from: Instant, to: Instant): AsyncIterable<DueJob> {
    return this.dueJobs.toRun(from, to);
  }

  override expiring(until: Instant): AsyncIterable<DueJob> {
    return this.dueJobs.toDelete(until);
  }

  override async *noticesDue(until: Instant): AsyncGenerator<DueJob> {
    await this.outbox.giveBackLost();
    yield* this.dueJobs.withNotices(until);
  }

  override notices(id: JobId): Promise<Notice[]> {
    return readNoticeRows(this.session, id);
  }

  override claimNotice(key: NoticeKey, at: Instant): Promise<Notice | null> {
    return this.outbox.claim(key, at);
  }

  override settleNotice(claimed: Notice, result: NoticeResult): Promise<void> {
    return this.outbox.settle(claimed, result);
  }

  /** Does nothing, since Cassandra compacts by itself. */
  override async compact(): Promise<void> {
    await Promise.resolve();
  }

  override ping(signal: AbortSignal): Promise<void> {
    return ping(this.session, signal);
  }

  override close(): Promise<void> {
    return this.session.close();
  }
}
