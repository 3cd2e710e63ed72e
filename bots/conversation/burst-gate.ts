import { Injectable } from '@nestjs/common';
import { setImmediate as nextLoop, setTimeout as sleep } from 'node:timers/promises';
import { Clock } from '../../src/jobs/clock.port.js';

/** A burst is over when nothing has come for so long. */
const QUIET_MS = 100;
const LOOK_EVERY_MS = 10;
/** Longest that work stands back for a burst that does not end. */
const MAX_WAIT_MS = 1000;

/**
 * Gives out turns for work that has been acknowledged: not while a burst of requests still arrives, and then
 * one for each turn of the event loop. Work that blocks for a moment, such as a write to an embedded store,
 * so never stands between a request and its acknowledgement.
 */
@Injectable()
export class BurstGate {
  private lastArrivalMs = Number.NEGATIVE_INFINITY;
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly clock: Clock) {}

  /** Says that a request has come. */
  arrived(): void {
    this.lastArrivalMs = this.clock.monotonicMs();
  }

  /** Resolves when it is one's turn. */
  async pass(): Promise<void> {
    const latestMs = this.clock.monotonicMs() + MAX_WAIT_MS;
    this.last = this.last.then(() => this.turn(latestMs));
    await this.last;
  }

  /** Only the first in the line looks for quiet: what arrives while the line moves stops it again. */
  private async turn(latestMs: number): Promise<void> {
    while (this.isBursting() && this.clock.monotonicMs() < latestMs) await sleep(LOOK_EVERY_MS);
    await nextLoop();
  }

  private isBursting(): boolean {
    return this.clock.monotonicMs() - this.lastArrivalMs < QUIET_MS;
  }
}
