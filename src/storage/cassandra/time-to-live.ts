import type { Clock, Instant } from '../../jobs/clock.port.js';

/** Twenty years, Cassandra's maximum. */
const MOST_SECONDS = 630_720_000;

/** @returns the TTL in seconds that ends at `instant`, at least 1 */
export function secondsUntil(clock: Clock, instant: Instant): number {
  const seconds = Math.ceil((instant - clock.now()) / 1000);
  return Math.min(Math.max(seconds, 1), MOST_SECONDS);
}
