import type { Instant } from './clock.port.js';

const DAY_MS = 86_400_000;

/** A job that has not ended this long after its due time fails visibly, in milliseconds. */
export const MAX_OVERDUE_MS = 30 * DAY_MS;

/**
 * The instant past which nothing of a job may exist, fixed at submit: the longest it may wait and run, then
 * its link's time and one extension of it.
 */
export function purgeInstant(dueAt: Instant, linkTtlMs: number): Instant {
  return dueAt + MAX_OVERDUE_MS + 2 * linkTtlMs;
}
