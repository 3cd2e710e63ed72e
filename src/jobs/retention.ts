import type { Instant } from './clock.port.js';

const DAY_MS = 86_400_000;

/** An open job fails visibly this long after its due time, in milliseconds. */
export const MAX_OVERDUE_MS = 30 * DAY_MS;

/**
 * The latest deletion of a job, fixed at submit: its maximum time to wait and run, then the time of its link
 * and one extension.
 */
export function purgeInstant(dueAt: Instant, linkTtlMs: number): Instant {
  return dueAt + MAX_OVERDUE_MS + 2 * linkTtlMs;
}
