import { backoffMs } from '../../jobs/timing/backoff.js';

/**
 * The wait before a retry in milliseconds: it doubles each time, half of it is random so that refused downloads do
 * not come back together, and it is never shorter than the host asked for.
 * @param retry from 0
 * @param random from 0 up to 1
 */
export function backoffWaitMs(retry: number, baseMs: number, askedMs: number, random: number): number {
  const fullMs = backoffMs(retry + 1, { firstMs: baseMs });
  return Math.max(askedMs, fullMs / 2) + (random * fullMs) / 2;
}
