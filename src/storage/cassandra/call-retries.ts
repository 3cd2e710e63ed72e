import { setTimeout as sleep } from 'node:timers/promises';
import { isAppError } from '../../jobs/app-error.js';
import type { Clock } from '../../jobs/clock.port.js';
import type { FailureCode } from '../../jobs/failure-codes.js';
import { cassandraError } from './cassandra-errors.js';
import { within } from './deadline.js';

/** Longer than the server's time limits (2 to 5 s). */
const CALL_DEADLINE_MS = 8000;
/** From the first failure; a lost connection is restored after a second. */
const PATIENCE_MS = 2500;
const RETRY_MS = 100;

/** Failures after which a conditional write may be repeated. */
export const UNSENT: readonly FailureCode[] = ['storage.unavailable'];

/** Failures after which a repeatable call may be sent again. */
export const REPEATABLE: readonly FailureCode[] = ['storage.unavailable', 'storage.outcome_unknown'];

/** Calls with a deadline each, repeated while a lost connection is restored or a dead node is detected. */
export class CallRetries {
  private isOver = false;

  constructor(private readonly clock: Clock) {}

  /** Makes calls that fail from now on fail at once. */
  end(): void {
    this.isOver = true;
  }

  /** @throws AppError within eight seconds */
  async with<T>(repeated: readonly FailureCode[], call: () => Promise<T>): Promise<T> {
    const lateAtMs = this.clock.monotonicMs() + CALL_DEADLINE_MS;
    let giveUpAtMs = lateAtMs;
    for (let hasFailed = false; ; hasFailed = true) {
      try {
        return await once(lateAtMs - this.clock.monotonicMs(), call());
      } catch (error) {
        const failedAtMs = this.clock.monotonicMs();
        if (!hasFailed) giveUpAtMs = Math.min(lateAtMs, failedAtMs + PATIENCE_MS);
        const isRepeated = isAppError(error, ...repeated) && failedAtMs + RETRY_MS < giveUpAtMs;
        if (!isRepeated || this.isOver) throw error;
      }
      await sleep(RETRY_MS);
    }
  }
}

async function once<T>(deadlineMs: number, call: Promise<T>): Promise<T> {
  try {
    return await within(deadlineMs, call);
  } catch (error) {
    throw cassandraError(error);
  }
}
