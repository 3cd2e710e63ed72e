import type { Clock, Instant } from '../../../src/jobs/clock.port.js';

/** Longer than the 15 minutes for which an interaction is valid. */
const KEPT_MS = 1_200_000;

/** Remembers recent interactions, so that this process answers each only once. */
export class SeenInteractions {
  private readonly goodUntil = new Map<string, Instant>();

  constructor(private readonly clock: Clock) {}

  /** Records an interaction. @returns whether it is new */
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
