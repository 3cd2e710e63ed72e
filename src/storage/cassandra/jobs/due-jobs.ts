import type { Clock, Instant } from '../../../jobs/clock.port.js';
import type { DueJob } from '../../../jobs/job-store.port.js';
import type { FoundHint, Hints } from '../hints/hints.js';
import { hintsOf } from '../hints/job-hints.js';
import { type JobPartitions, readNoticeRows } from './job-partitions.js';
import type { CassandraSession } from '../cassandra-session.js';

/** A hint older than this does not belong to a running change, in milliseconds. */
const SETTLED_MS = 60_000;
/** A hint overdue by this much is verified before its job is returned again, in milliseconds. */
const SUSPECT_MS = 10 * 60_000;

/** Finds jobs by their hints, and drops hints that a killed process left behind. */
export class DueJobs {
  constructor(
    private readonly session: CassandraSession,
    private readonly clock: Clock,
    private readonly hints: Hints,
    private readonly jobs: JobPartitions,
  ) {}

  /** Open jobs with `from` ≤ due instant < `to`; overdue ones only if they are still due. */
  async *toRun(from: Instant, to: Instant): AsyncGenerator<DueJob> {
    for await (const hint of this.hints.scan('due', from, to)) {
      const isSuspect = hint.at < this.clock.now() - SUSPECT_MS && hint.ageMs > SETTLED_MS;
      if (isSuspect && (await this.isLeftOver(hint))) await this.dropSettled(hint);
      else yield { jobId: hint.jobId, at: hint.at };
    }
  }

  /** Jobs to delete at or before `until`, each verified: an extended job must not be returned. */
  async *toDelete(until: Instant): AsyncGenerator<DueJob> {
    for await (const hint of this.hints.scan('ends', 0, until + 1)) {
      if (await this.isLeftOver(hint)) await this.dropSettled(hint);
      else yield { jobId: hint.jobId, at: hint.at };
    }
  }

  /** Jobs with a pending notice due at or before `until`. */
  async *withNotices(until: Instant): AsyncGenerator<DueJob> {
    for await (const hint of this.hints.scan('notice', 0, until + 1)) {
      const notices = await readNoticeRows(this.session, hint.jobId);
      const waits = notices.some(({ status, notBefore }) => status === 'pending' && notBefore === hint.at);
      if (waits) yield { jobId: hint.jobId, at: hint.at };
      else await this.dropSettled(hint);
    }
  }

  /** A young hint may belong to a running change. */
  private async dropSettled(hint: FoundHint): Promise<void> {
    if (hint.ageMs > SETTLED_MS) await this.hints.drop([hint], hint.writtenAt);
  }

  /** Whether the job is gone or has to be looked at at another time; a half-deleted job is no left-over. */
  private async isLeftOver(hint: FoundHint): Promise<boolean> {
    const row = await this.jobs.read(hint.jobId);
    if (row === null) return true;
    if (row.job === null) return hint.kind !== 'ends';
    return !hintsOf(row.job).some(({ kind, at }) => kind === hint.kind && at === hint.at);
  }
}
