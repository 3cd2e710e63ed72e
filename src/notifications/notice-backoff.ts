import { Injectable } from '@nestjs/common';
import type { Backoff } from '../jobs/timing/backoff.js';

/** For a server that does not answer: cheap to ask, and found again within 10 s of its return. */
export const UNREACHABLE_BACKOFF: Backoff = { firstMs: 1000, factor: 2, capMs: 7000 };

/** For a server that answers «later»: it counts how often it is asked. */
export const DEFERRED_BACKOFF: Backoff = { firstMs: 5000, factor: 3, capMs: 300_000 };

/** For somebody who has been asked and has not answered yet. */
export const UNCONFIRMED_BACKOFF: Backoff = { firstMs: 10_000, factor: 1.5, capMs: 300_000 };

const SPREAD = 0.2;

/** Spreads waiting times, so that what failed together is not tried again together. */
@Injectable()
export class Jitter {
  /** @returns `ms` give or take a fifth, in whole milliseconds */
  spread(ms: number): number {
    return Math.round(ms * (1 - SPREAD + 2 * SPREAD * Math.random()));
  }
}
