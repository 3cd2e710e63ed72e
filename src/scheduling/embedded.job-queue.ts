import { Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { AsyncLocalStorage } from 'node:async_hooks';
import { SETTINGS_TOKEN, type Settings } from '../config/settings.js';
import { AppError } from '../jobs/app-error.js';
import { Clock, type Instant } from '../jobs/clock.port.js';
import type { JobId } from '../jobs/job.js';
import { JobQueue, type RunJob } from '../jobs/job-queue.port.js';
import { JobStore } from '../jobs/job-store.port.js';
import { WorkerLease } from '../jobs/worker-lease.port.js';
import { DueHeap } from './due-heap.js';
import { LeaseKeeper } from './lease-keeper.js';
import { RunningJobs } from './running-jobs.js';

/** Jobs due within this time are held in memory; the others stay in the store. */
const HORIZON_MS = 5 * 60_000;
/** How often jobs within the horizon are loaded from the store. */
const LOAD_EVERY_MS = 5000;
/** Maximum sleep between two looks at the clock, so that a corrected clock is noticed. */
const MAX_SLEEP_MS = 1000;
/** Maximum jobs held in memory; the next load brings later ones. */
const MAX_HELD = 10_000;
/** Wait before looking again at a job whose run failed because of us, or has not quite ended. */
const LOOK_AGAIN_MS = 3000;
/** Maximum wait of a stop for the running jobs to hand themselves back. */
const STOP_WITHIN_MS = 9000;

/** Runs the jobs of one process with its own timers; the store remains the truth. */
@Injectable()
export class EmbeddedJobQueue extends JobQueue {
  private readonly logger = new Logger(EmbeddedJobQueue.name);
  private readonly waiting = new DueHeap();
  private readonly running = new RunningJobs();
  /** A run must not inherit the async context of the request that happened to start it. */
  private readonly inOwnContext = AsyncLocalStorage.snapshot();
  private readonly keeper: LeaseKeeper;
  private run: RunJob | null = null;
  private isPaused = false;
  private timer: NodeJS.Timeout | null = null;
  private isLoading = false;
  private lastLoadFailed = false;

  constructor(
    private readonly store: JobStore,
    private readonly clock: Clock,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
    lease: WorkerLease,
  ) {
    super();
    this.keeper = new LeaseKeeper(lease, { onLost: () => this.pause(), onRegained: () => this.resume() });
  }

  override async start(run: RunJob): Promise<void> {
    await this.keeper.acquire();
    this.run = run;
    await this.load();
  }

  override schedule(id: JobId, at: Instant): Promise<void> {
    if (this.run !== null && at <= this.clock.now() + HORIZON_MS) {
      // A running job need not start again; it is looked at when its run has ended.
      if (this.running.has(id)) this.lookAgain(id, at);
      else this.waiting.add({ jobId: id, at });
      this.startDueJobs();
    }
    return Promise.resolve();
  }

  override async stop(): Promise<void> {
    this.run = null;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.running.stopAll(STOP_WITHIN_MS);
    await this.keeper.leave();
  }

  override ping(): Promise<void> {
    if (this.run === null || this.isPaused || this.lastLoadFailed)
      return Promise.reject(new AppError('queue.stopped'));
    return Promise.resolve();
  }

  /** Loads jobs that are overdue or due within the horizon. */
  @Interval('load-due-jobs', LOAD_EVERY_MS)
  async load(): Promise<void> {
    if (this.isLoading || this.isPaused || this.run === null) return;
    this.isLoading = true;
    try {
      for await (const due of this.store.due(0, this.clock.now() + HORIZON_MS)) {
        if (!this.running.has(due.jobId)) this.waiting.add(due);
        if (this.waiting.size >= MAX_HELD) break;
      }
      this.lastLoadFailed = false;
    } catch (error) {
      this.lastLoadFailed = true;
      this.logger.error({ err: error }, 'the jobs that are due could not be loaded');
    } finally {
      this.isLoading = false;
      this.startDueJobs();
    }
  }

  private startDueJobs(): void {
    while (this.run !== null && !this.isPaused && this.running.size < this.settings.jobConcurrency) {
      const due = this.waiting.takeDue(this.clock.now());
      if (due === null) break;
      if (this.running.has(due.jobId)) this.lookAgain(due.jobId);
      else this.startOne(due.jobId, this.run);
    }
    this.sleepUntilNext();
  }

  private pause(): void {
    this.isPaused = true;
    void this.running.stopAll(STOP_WITHIN_MS);
  }

  private resume(): void {
    this.isPaused = false;
    void this.load();
  }

  private startOne(id: JobId, run: RunJob): void {
    const ended = this.inOwnContext(() => this.running.start(id, (signal) => run(id, signal)));
    void ended.then((error) => {
      if (error !== null) {
        this.logger.error({ err: error, jobId: id }, 'a run broke off; it is looked at again soon');
        this.lookAgain(id);
      }
      this.startDueJobs();
    });
  }

  private lookAgain(id: JobId, notBefore: Instant = 0): void {
    this.waiting.add({ jobId: id, at: Math.max(notBefore, this.clock.now() + LOOK_AGAIN_MS) });
  }

  private sleepUntilNext(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const next = this.waiting.peek();
    if (next === null || this.run === null || this.running.size >= this.settings.jobConcurrency) return;
    const delayMs = Math.min(Math.max(next.at - this.clock.now(), 0), MAX_SLEEP_MS);
    this.timer = setTimeout(() => this.startDueJobs(), delayMs);
  }
}
