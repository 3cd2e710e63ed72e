const FIRST_WAITS_MS = [1000, 2000];
const WATCHED_WAIT_MS = 5000;
const LATER_WAIT_MS = 15_000;
/** About a minute. */
const WATCHED_TRIES = 14;

/**
 * How long to wait before an answer is given another try: a few seconds while somebody watches, longer after
 * a minute, never so long that whoever still waits would notice, and never less than the platform has asked for.
 * @param tried how often it was tried
 * @param askedForMs what the platform has asked for, in milliseconds; null: nothing
 */
export function answerWaitMs(tried: number, askedForMs: number | null): number {
  const usualMs = tried < WATCHED_TRIES ? WATCHED_WAIT_MS : LATER_WAIT_MS;
  return Math.max(FIRST_WAITS_MS[tried - 1] ?? usualMs, askedForMs ?? 0);
}
