import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock } from '../jobs/clock.port.js';
import type { JobId } from '../jobs/job.js';
import { isFinal } from '../jobs/job-states.js';
import { endsAt } from '../jobs/job-steps.js';
import { JobStore } from '../jobs/job-store.port.js';
import { KeyedStore } from '../jobs/keyed-store.port.js';
import { inBatches } from './in-batches.js';
import { JOB_FILES, type JobFiles } from './job-files.js';

/** Deleted concurrently, so that they share the waits for the disk; more would delay other users' files. */
const JOBS_AT_ONCE = 16;

/**
 * Deletes expired jobs: files first and then the record, so that after a crash the record still leads to the
 * rest. The failure of one job does not affect others.
 */
@Injectable()
export class Sweeper {
  private readonly logger = new Logger(Sweeper.name);

  constructor(
    private readonly store: JobStore,
    private readonly keyed: KeyedStore,
    private readonly clock: Clock,
    @Inject(JOB_FILES) private readonly files: readonly JobFiles[],
  ) {}

  /**
   * Deletes all expired jobs, whatever their state, and expired small values.
   * @returns the number of deleted jobs
   * @throws AppError of the store, if it cannot be read
   */
  async sweepExpired(signal: AbortSignal): Promise<number> {
    let deleted = 0;
    for await (const batch of inBatches(this.store.expiring(this.clock.now()), JOBS_AT_ONCE)) {
      if (signal.aborted) break;
      deleted += await this.deleteExpired(batch.map(({ jobId }) => jobId));
    }
    await this.keyed.deleteExpired(this.clock.now());
    if (deleted > 0) await this.store.compact();
    return deleted;
  }

  /**
   * Deletes the files of jobs without a record, and files that ended jobs no longer need, after a crash, a
   * restored backup or a lost race.
   * @returns the number of jobs that had files without a record
   */
  async sweepOrphans(signal: AbortSignal): Promise<number> {
    let deleted = 0;
    for (const place of this.files) {
      for await (const ids of inBatches(place.jobs(), JOBS_AT_ONCE)) {
        if (signal.aborted) return deleted;
        const orphans = await this.succeeding(ids, (id) => this.deleteIfOrphaned(id, place));
        deleted += orphans.length;
      }
    }
    return deleted;
  }

  private async deleteExpired(ids: readonly JobId[]): Promise<number> {
    let going = await this.succeeding(ids, (id) => this.hasExpired(id));
    for (const place of this.files) going = await this.succeeding(going, (id) => place.deleteAll(id));
    const gone = await this.succeeding(going, (id) => this.store.delete(id));
    return gone.length;
  }

  /** Read again, since the job may have been extended since it was listed. */
  private async hasExpired(id: JobId): Promise<boolean> {
    const job = await this.store.get(id);
    return job === null || endsAt(job) <= this.clock.now();
  }

  private async deleteIfOrphaned(id: JobId, place: JobFiles): Promise<boolean> {
    const job = await this.store.get(id);
    if (job !== null) {
      if (isFinal(job.state)) await place.deleteLeftovers?.(job);
      return false;
    }
    await place.deleteAll(id);
    this.logger.log({ jobId: id, place: place.what }, 'deleted files without a record');
    return true;
  }

  /**
   * Runs one step for all jobs concurrently. @returns those whose step did not fail and did not return false
   */
  private async succeeding(
    ids: readonly JobId[],
    step: (id: JobId) => Promise<boolean | void>,
  ): Promise<JobId[]> {
    const hasSucceeded = await Promise.all(ids.map((id) => this.attempt(id, step)));
    return ids.filter((_id, index) => hasSucceeded[index]);
  }

  private async attempt(jobId: JobId, step: (id: JobId) => Promise<boolean | void>): Promise<boolean> {
    try {
      return (await step(jobId)) !== false;
    } catch (error) {
      this.logger.error({ jobId, err: error }, 'could not be swept; the next sweep tries again');
      return false;
    }
  }
}
