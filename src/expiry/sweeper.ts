import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock } from '../jobs/clock.port.js';
import type { JobId } from '../jobs/job.js';
import { isFinal } from '../jobs/job-states.js';
import { endsAt } from '../jobs/job-steps.js';
import { JobStore } from '../jobs/job-store.port.js';
import { KeyedStore } from '../jobs/keyed-store.port.js';
import { inBatches } from './in-batches.js';
import { JOB_FILES, type JobFiles } from './job-files.js';

/** Deleted side by side, so that the disk is waited for together: more would keep other people's files waiting. */
const JOBS_AT_ONCE = 16;

/**
 * Deletes what has had its time: files first and the record after them, so that a crash in between leaves a
 * record that leads to the rest. One job's failure does not keep the others.
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
   * Deletes every job whose time has run out, whatever its state, and expired small things.
   * @returns how many jobs were deleted
   * @throws AppError of the store, where it cannot be read
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
   * Deletes the files of jobs that have no record, and those that jobs which have ended need no more: what a
   * crash, a restored backup or a lost race left.
   * @returns how many jobs had files without a record
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

  /** Read again: between the list and now the job may have been extended. */
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

  /** Takes one step with all of them at once. @returns those with which it did not fail and did not answer false */
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
