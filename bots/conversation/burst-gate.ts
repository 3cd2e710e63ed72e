import { Injectable } from '@nestjs/common';
import { setImmediate as nextLoop, setTimeout as sleep } from 'node:timers/promises';
import { Clock } from '../../src/jobs/clock.port.js';

/** A burst ends after this long without a request. */
const QUIET_MS = 100;
const LOOK_EVERY_MS = 10;
/** Maximum wait for the end of a burst. */
const MAX_WAIT_MS = 1000;

/**
 * Holds back acknowledged work while a burst of requests arrives, then lets one piece of work pass for each
 * turn of the event loop. This keeps work that blocks for a moment, such as a write to an embedded store,
 * from delaying acknowledgements.
 */
@Injectable()
export class BurstGate {
  private lastArrivalMs = Number.NEGATIVE_INFINITY;
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly clock: Clock) {}

  /** Records the arrival of a request. */
  arrived(): void {
    this.lastArrivalMs = this.clock.monotonicMs();
  }

  /** Resolves when the caller may go on. */
  async pass(): Promise<void> {
    const latestMs = this.clock.monotonicMs() + MAX_WAIT_MS;
    this.last = this.last.then(() => this.turn(latestMs));
    await this.last;
  }

  /** Only the first in the queue waits for the end of the burst; a new burst holds the queue back again. */
  private async turn(latestMs: number): Promise<void> {
    while (this.isBursting() && this.clock.monotonicMs() < latestMs) await sleep(LOOK_EVERY_MS);
    await nextLoop();
  }

  private isBursting(): boolean {
    return this.clock.monotonicMs() - this.lastArrivalMs < QUIET_MS;
  }
}
