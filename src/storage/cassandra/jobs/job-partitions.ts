import { randomUUID } from 'node:crypto';
import type { Clock, Instant } from '../../../jobs/clock.port.js';
import type { Job, JobId, NewJob } from '../../../jobs/job.js';
import { type JobStep, submitStep } from '../../../jobs/job-steps.js';
import type { Notice } from '../../../jobs/notice.js';
import type { CassandraSession, Statement } from '../cassandra-session.js';
import type { Deletion } from './deletion.js';
import type { ImagePartitions } from './image-partitions.js';
import { Hints } from '../hints/hints.js';
import { hintsOf, noticeHints, without } from '../hints/job-hints.js';
import { type JobRow, type LiveProgress, SELECT_JOB, toJobRow, versionAfter } from './job-row.js';
import { changeStatement, progressStatement, submitStatement } from './job-statements.js';
import { dropNotice, insertNotice, SELECT_NOTICES, stateIn, toNotice } from './notice-rows.js';
import { secondsUntil } from '../time-to-live.js';
import { AGAIN, retryContended } from '../retry-contended.js';

/** Maximum time for a change while others change the same job, in milliseconds. */
const CHANGE_DEADLINE_MS = 15_000;

/** Reads and conditionally changes jobs, one partition each. */
export class JobPartitions {
  constructor(
    private readonly session: CassandraSession,
    private readonly clock: Clock,
    private readonly hints: Hints,
    private readonly deletion: Deletion,
    private readonly pictures: ImagePartitions,
  ) {}

  /** @returns the job in its partition, or null */
  async read(id: JobId): Promise<JobRow | null> {
    const row = await this.session.first(SELECT_JOB, id);
    return row === null ? null : toJobRow(id, row);
  }

  /** Records a job unless it exists; a job that is being deleted is deleted completely first. */
  async submit(given: NewJob): Promise<{ readonly job: Job; readonly created: boolean }> {
    const tried: string[] = [];
    return retryContended(this.clock, CHANGE_DEADLINE_MS, async () => {
      const seen = await this.read(given.id);
      // A write that was believed lost may have been applied late.
      if (seen?.job) {
        await this.dropLost(given, tried, seen.incarnation);
        return { job: seen.job, created: tried.includes(seen.incarnation) };
      }
      if (seen !== null) await this.deletion.complete(given.id, seen);
      const { job: fresh, notices } = submitStep(given);
      const job = { ...fresh, version: versionAfter(1) };
      const incarnation = randomUUID();
      tried.push(incarnation);
      if (hasExcluded(given)) await this.pictures.saveAhead(given, incarnation);
      return (await this.trySubmit(job, notices, incarnation)) ? { job, created: true } : AGAIN;
    });
  }

  /**
   * Reads a job, applies one step and writes it with its outbox rows; repeated if others were faster. A write
   * that was believed lost may have been applied late: then the step is done.
   */
  async change(id: JobId, stepOf: (job: Job) => JobStep | null): Promise<Job | null> {
    const tried: { readonly op: string; readonly job: Job }[] = [];
    return retryContended(this.clock, CHANGE_DEADLINE_MS, async () => {
      const seen = await this.read(id);
      if (seen === null || seen.job === null) return null;
      const late = tried.find(({ op }) => seen.ops.includes(op));
      if (late !== undefined) return late.job;
      const step = stepOf(seen.job);
      if (step === null) return null;
      if (step.job === seen.job) return seen.job;
      const change = { op: randomUUID(), job: { ...step.job, version: versionAfter(seen.version + 1) } };
      tried.push(change);
      return (await this.tryChange(seen, seen.job, step, change.op)) ? change.job : AGAIN;
    });
  }

  /** Shows the progress of a run, if it is still the current run. */
  async saveProgress(id: JobId, live: LiveProgress): Promise<void> {
    const seen = await this.read(id);
    if (seen?.job?.state !== 'running' || seen.job.epoch !== live.epoch) return;
    const { query, params } = progressStatement(id, seen, live, this.ttl(seen.purgeAt));
    await this.session.write(query, ...params);
  }

  /** Deletes the images of tries that did not become the job; while it exists, none of them can. */
  private async dropLost(given: NewJob, tried: readonly string[], winner: string): Promise<void> {
    if (!hasExcluded(given)) return;
    const lost = tried.filter((incarnation) => incarnation !== winner);
    await Promise.all(lost.map((incarnation) => this.pictures.dropAhead(given.id, incarnation)));
  }

  private async trySubmit(job: Job, notices: readonly Notice[], incarnation: string): Promise<boolean> {
    const ttl = this.ttl(job.purgeAt);
    await this.hints.append([...hintsOf(job), ...noticeHints(notices)], job.purgeAt);
    const statements = [
      submitStatement(job, incarnation, ttl),
      ...notices.map((notice) => insertNotice(notice, ttl)),
    ];
    return this.isApplied(job.id, incarnation, statements);
  }

  private async tryChange(seen: JobRow, before: Job, step: JobStep, op: string): Promise<boolean> {
    const ttl = this.ttl(seen.purgeAt);
    const [old, now] = [hintsOf(before), hintsOf(step.job)];
    await this.hints.append([...without(now, old), ...noticeHints(step.notices)], seen.purgeAt);
    const statements = [
      changeStatement(seen, step.job, op, ttl),
      ...step.notices.map((notice) => insertNotice(notice, ttl)),
      ...(step.dropsPending ? await this.drops(before.id, ttl) : []),
    ];
    if (!(await this.isApplied(before.id, op, statements))) return false;
    await this.hints.drop(without(old, now), seen.versionAt);
    return true;
  }

  private async drops(id: JobId, ttlSeconds: number): Promise<Statement[]> {
    const notices = await readNoticeRows(this.session, id);
    return notices.flatMap((notice) => dropNotice(notice, ttlSeconds));
  }

  /** Writes conditionally; if the response was lost, checks whether our operation is among the last ones. */
  private async isApplied(id: JobId, op: string, statements: readonly Statement[]): Promise<boolean> {
    const { outcome } = await this.session.compareAndSet(...statements);
    if (outcome !== 'unknown') return outcome === 'applied';
    const row = await this.session.firstSerial(SELECT_JOB, id);
    return row !== null && toJobRow(id, row)?.ops.includes(op) === true;
  }

  private ttl(purgeAt: Instant): number {
    return secondsUntil(this.clock, purgeAt);
  }
}

function hasExcluded({ excluded = [] }: NewJob): boolean {
  return excluded.length > 0;
}

/** @returns the outbox rows of a job, sorted by slot, channel and address */
export async function readNoticeRows(session: CassandraSession, id: JobId): Promise<Notice[]> {
  const rows = await session.read(SELECT_NOTICES, id);
  return rows.flatMap((row) => (stateIn(row) === null ? [] : (toNotice(id, row) ?? [])));
}
