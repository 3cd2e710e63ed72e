import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../jobs/clock.port.js';
import type { JobId } from '../jobs/job.js';
import { JobStore } from '../jobs/job-store.port.js';
import { Outbox } from './outbox.js';

const LOOK_EVERY_MS = 1000;
const MAX_JOBS_AT_A_TIME = 8;

/** Delivers the notices that runs did not: notices put off, and notices of before a restart. */
@Injectable()
export class OutboxPump implements OnApplicationShutdown {
  private readonly logger = new Logger(OutboxPump.name);
  private readonly stop = new AbortController();
  private readonly inHand = new Map<JobId, Promise<void>>();
  private isLooking = false;

  constructor(
    private readonly store: JobStore,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Starts the delivery of due notices; a slow job does not delay other jobs. */
  @Interval(LOOK_EVERY_MS)
  async look(): Promise<void> {
    if (this.isLooking || this.stop.signal.aborted) return;
    this.isLooking = true;
    try {
      for await (const { jobId } of this.store.noticesDue(this.clock.now())) {
        // Wait for a free worker instead of starting over: jobs whose notices are left to another process
        // would
        // otherwise block all jobs behind them.
        while (this.inHand.size >= MAX_JOBS_AT_A_TIME) await Promise.race(this.inHand.values());
        if (this.stop.signal.aborted) break;
        if (!this.inHand.has(jobId)) this.inHand.set(jobId, this.deliver(jobId));
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'due notices could not be read; the next look tries again');
    } finally {
      this.isLooking = false;
    }
  }

  /** Starts no more deliveries, and waits for the running ones. */
  async onApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await Promise.all(this.inHand.values());
  }

  private async deliver(jobId: JobId): Promise<void> {
    await this.outbox.deliver(jobId, this.stop.signal);
    this.inHand.delete(jobId);
  }
}
