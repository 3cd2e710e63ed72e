/**
 * How long to wait before a retry: doubling with each, half of it by chance so that refused downloads do not
 * come back together, and never less than was asked for.
 * @param retry 0 for the first one
 * @param random from 0 up to 1
 */
export function backoffWaitMs(retry: number, baseMs: number, askedMs: number, random: number): number {
  const full = baseMs * 2 ** retry;
  return Math.max(askedMs, full / 2) + (random * full) / 2;
}
