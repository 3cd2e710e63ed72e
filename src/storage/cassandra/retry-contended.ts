import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../jobs/app-error.js';
import type { Clock } from '../../jobs/clock.port.js';
import { type Backoff, backoffMs } from '../../jobs/timing/backoff.js';

const PAUSES: Backoff = { firstMs: 4, capMs: 250 };

/** The result of an attempt that has to be repeated. */
export const AGAIN = Symbol('again');

/**
 * Repeats an attempt that competes with others: at once, then after growing, random pauses.
 * @returns the first result other than AGAIN
 * @throws AppError `storage.unavailable` after `deadlineMs`; what an attempt throws ends it
 */
export async function retryContended<T>(
  clock: Clock,
  deadlineMs: number,
  attempt: () => Promise<T | typeof AGAIN>,
): Promise<T> {
  const giveUpAtMs = clock.monotonicMs() + deadlineMs;
  for (let turn = 0; ; turn += 1) {
    const answer = await attempt();
    if (answer !== AGAIN) return answer;
    if (clock.monotonicMs() > giveUpAtMs) throw new AppError('storage.unavailable', { turns: turn + 1 });
    await sleep(randomInt(1, backoffMs(turn + 1, PAUSES) + 1));
  }
}
