import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock } from '../jobs/clock.port.js';
import type { Job, JobId } from '../jobs/job.js';
import { isFinal } from '../jobs/job-states.js';
import { endsAt } from '../jobs/job-steps.js';
import { JobStore } from '../jobs/job-store.port.js';
import { KeyedStore } from '../jobs/keyed-store.port.js';
import { JOB_FILES, type JobFiles } from './job-files.js';

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
    for await (const { jobId } of this.store.expiring(this.clock.now())) {
      if (signal.aborted) break;
      if (await this.attempt(jobId, () => this.deleteIfExpired(jobId))) deleted += 1;
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
      for await (const id of place.jobs()) {
        if (signal.aborted) return deleted;
        if (await this.attempt(id, () => this.deleteIfOrphaned(id, place))) deleted += 1;
      }
    }
    return deleted;
  }

  private async deleteIfExpired(id: JobId): Promise<boolean> {
    // Read again: between the list and now the job may have been extended.
    const job = await this.store.get(id);
    if (job !== null && !this.hasExpired(job)) return false;
    for (const place of this.files) await place.deleteAll(id);
    await this.store.delete(id);
    return job !== null;
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

  private hasExpired(job: Job): boolean {
    return endsAt(job) <= this.clock.now();
  }

  private async attempt(jobId: JobId, step: () => Promise<boolean>): Promise<boolean> {
    try {
      return await step();
    } catch (error) {
      this.logger.error({ jobId, err: error }, 'could not be swept; the next sweep tries again');
      return false;
    }
  }
}
