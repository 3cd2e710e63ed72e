import { Logger } from '@nestjs/common';
import { AppError } from '../jobs/app-error.js';
import type { Job } from '../jobs/job.js';
import type { JobWatcher } from '../jobs/job-watcher.js';
import { pauseOrStop } from '../jobs/timing/pause.js';

/** Wait before asking a store again that could not be read. */
const ASK_AGAIN_MS = 1000;

/**
 * Aborts when a run has to stop: the process shuts down (`job.stopped`), the job was cancelled or deleted
 * (`job.cancelled`), or another worker took it over (`job.taken_over`).
 */
export class RunSignal implements AsyncDisposable {
  private readonly logger = new Logger(RunSignal.name);
  private readonly stop = new AbortController();
  private readonly leave = new AbortController();
  private readonly watching: Promise<void>;
  /** Aborts with an AppError as its reason. */
  readonly signal: AbortSignal;

  constructor(
    private readonly job: Job,
    shutdown: AbortSignal,
    private readonly watcher: Pick<JobWatcher, 'watch'>,
  ) {
    this.signal = AbortSignal.any([shutdown, this.stop.signal]);
    this.watching = this.watchUntilDone();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.leave.abort();
    await this.watching;
  }

  private async watchUntilDone(): Promise<void> {
    const done = AbortSignal.any([this.leave.signal, this.signal]);
    while (!done.aborted) {
      try {
        await this.watchOnce(done);
      } catch (error) {
        this.logger.warn({ err: error, jobId: this.job.id }, 'the job could not be watched; trying again');
        await pauseOrStop(ASK_AGAIN_MS, done);
      }
    }
  }

  private async watchOnce(done: AbortSignal): Promise<void> {
    for await (const now of this.watcher.watch(this.job.id, done)) {
      if (now.state === 'cancelled') return this.stop.abort(new AppError('job.cancelled'));
      const isOurs = now.state === 'running' && now.epoch === this.job.epoch;
      if (!isOurs) return this.stop.abort(new AppError('job.taken_over'));
    }
    if (!done.aborted) this.stop.abort(new AppError('job.cancelled'));
  }
}
