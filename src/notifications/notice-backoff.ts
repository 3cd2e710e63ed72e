import { Injectable } from '@nestjs/common';
import type { Backoff } from '../jobs/timing/backoff.js';

/** For a server that does not answer: it is cheap to ask, and its return is noticed within 10 s. */
export const UNREACHABLE_BACKOFF: Backoff = { firstMs: 1000, factor: 2, capMs: 7000 };

/** For a server that answers "later": it may count the tries. */
export const DEFERRED_BACKOFF: Backoff = { firstMs: 5000, factor: 3, capMs: 300_000 };

/** For an address that was asked and has not answered yet. */
export const UNCONFIRMED_BACKOFF: Backoff = { firstMs: 10_000, factor: 1.5, capMs: 300_000 };

const SPREAD = 0.2;

/** Spreads waits, so that notices that failed together are not tried again together. */
@Injectable()
export class Jitter {
  /** @returns `ms` plus or minus up to a fifth, in whole milliseconds */
  spread(ms: number): number {
    return Math.round(ms * (1 - SPREAD + 2 * SPREAD * Math.random()));
  }
}
