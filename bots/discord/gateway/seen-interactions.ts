import type { Clock, Instant } from '../../../src/jobs/clock.port.js';

/** Interactions are good for 15 minutes; nothing older comes again. */
const KEPT_MS = 1_200_000;

/** The interactions that have come in lately, so that each is answered once in this process. */
export class SeenInteractions {
  private readonly goodUntil = new Map<string, Instant>();

  constructor(private readonly clock: Clock) {}

  /** Notes an interaction. @returns whether it was not there before */
  isNew(id: string): boolean {
    const now = this.clock.monotonicMs();
    for (const [old, until] of this.goodUntil) {
      if (until > now) break;
      this.goodUntil.delete(old);
    }
    if (this.goodUntil.has(id)) return false;
    this.goodUntil.set(id, now + KEPT_MS);
    return true;
  }
}
