const FIRST_WAITS_MS = [1000, 2000];
const WATCHED_WAIT_MS = 5000;
const LATER_WAIT_MS = 15_000;
/** About a minute. */
const WATCHED_TRIES = 14;

/**
 * The wait before an answer is tried again, in milliseconds: a few seconds during the first minute, in which
 * the person watches; 15 seconds after that; never less than the platform asked for.
 * @param tried number of tries so far
 * @param askedForMs the wait that the platform asked for, in milliseconds; null: none
 */
export function answerWaitMs(tried: number, askedForMs: number | null): number {
  const usualMs = tried < WATCHED_TRIES ? WATCHED_WAIT_MS : LATER_WAIT_MS;
  return Math.max(FIRST_WAITS_MS[tried - 1] ?? usualMs, askedForMs ?? 0);
}
