import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Sweeper } from './sweeper.js';

const EXPIRED_EVERY_MS = 5000;
const ORPHANS_EVERY_MS = 3_600_000;

/** Runs the sweeper at the start and in intervals, one sweep at a time. */
@Injectable()
export class SweepSchedule implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(SweepSchedule.name);
  private readonly stop = new AbortController();
  private current: Promise<void> = Promise.resolve();
  private isSweeping = false;

  constructor(private readonly sweeper: Sweeper) {}

  /** Sweeps everything that expired while the service was down; the start does not wait for it. */
  onApplicationBootstrap(): void {
    void this.run('everything', async (signal) => {
      await this.sweeper.sweepExpired(signal);
      await this.sweeper.sweepOrphans(signal);
    });
  }

  @Interval(EXPIRED_EVERY_MS)
  sweepExpired(): Promise<void> {
    return this.run('expired jobs', (signal) => this.sweeper.sweepExpired(signal));
  }

  @Interval(ORPHANS_EVERY_MS)
  async sweepOrphans(): Promise<void> {
    // Runs once an hour, so it waits for a running sweep instead of being skipped.
    await this.current;
    return this.run('orphaned files', (signal) => this.sweeper.sweepOrphans(signal));
  }

  /** Lets the running deletion finish, and starts no other. */
  async onApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await this.current;
  }

  private run(what: string, sweep: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
    if (this.isSweeping || this.stop.signal.aborted) return this.current;
    this.isSweeping = true;
    this.current = this.logged(what, sweep);
    return this.current;
  }

  private async logged(what: string, sweep: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
    try {
      await sweep(this.stop.signal);
    } catch (error) {
      this.logger.error({ err: error, what }, 'sweep broken off; the next one tries again');
    } finally {
      this.isSweeping = false;
    }
  }
}
