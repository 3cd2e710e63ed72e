import { AppError } from '../jobs/app-error.js';
import type { JobId } from '../jobs/job.js';

/** One active run. */
interface Running {
  readonly stop: AbortController;
  readonly ended: Promise<unknown>;
}

/** The active runs of this process, each with its AbortController. */
export class RunningJobs {
  private readonly jobs = new Map<JobId, Running>();

  get size(): number {
    return this.jobs.size;
  }

  has(id: JobId): boolean {
    return this.jobs.has(id);
  }

  /**
   * Starts a run.
   * @returns a promise that fulfils when the run has ended: with null, or what it threw
   */
  start(id: JobId, run: (signal: AbortSignal) => Promise<void>): Promise<unknown> {
    const stop = new AbortController();
    // Deferred, so that the job counts as running before the run does anything.
    const ended = Promise.resolve()
      .then(() => run(stop.signal))
      .then(
        () => null,
        (error: unknown) => error,
      )
      .finally(() => this.jobs.delete(id));
    this.jobs.set(id, { stop, ended });
    return ended;
  }

  /** Asks every run to hand its job back, and waits at most `withinMs` for them. */
  async stopAll(withinMs: number): Promise<void> {
    const runs = [...this.jobs.values()];
    for (const { stop } of runs) stop.abort(new AppError('job.stopped'));
    const deadline = Promise.withResolvers<void>();
    const timer = setTimeout(deadline.resolve, withinMs);
    await Promise.race([Promise.all(runs.map(({ ended }) => ended)), deadline.promise]);
    clearTimeout(timer);
  }
}
