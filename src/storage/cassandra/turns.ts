import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../jobs/app-error.js';
import type { Clock } from '../../jobs/clock.port.js';

const FIRST_PAUSE_MS = 4;
const LONGEST_PAUSE_MS = 250;

/**
 * Turns to try something that others want too: at once, then after growing, jittered pauses.
 * @throws AppError `storage.unavailable` when `deadlineMs` have passed without success
 */
export async function* turns(clock: Clock, deadlineMs: number): AsyncGenerator<number, never, void> {
  const giveUpAtMs = clock.monotonicMs() + deadlineMs;
  for (let turn = 0; ; turn += 1) {
    yield turn;
    if (clock.monotonicMs() > giveUpAtMs) throw new AppError('storage.unavailable', { turns: turn + 1 });
    await sleep(randomInt(1, Math.min(FIRST_PAUSE_MS * 2 ** Math.min(turn, 10), LONGEST_PAUSE_MS) + 1));
  }
}
