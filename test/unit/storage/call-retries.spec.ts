import { AppError } from '../../../src/jobs/app-error.js';
import { SystemClock } from '../../../src/jobs/system-clock.js';
import { CallRetries, REPEATABLE, UNSENT } from '../../../src/storage/cassandra/call-retries.js';

/** A clock that only a test moves. */
class HandClock extends SystemClock {
  ms = 1000;

  override monotonicMs(): number {
    return this.ms;
  }
}

describe('CallRetries', () => {
  const unsent = new AppError('storage.unavailable');
  const unknown = new AppError('storage.outcome_unknown');

  /** A call that fails with each of the errors in turn, then returns the number of calls. */
  const failing = (...errors: readonly unknown[]): (() => Promise<number>) => {
    let calls = 0;
    return async () => {
      calls += 1;
      const error = errors[calls - 1];
      if (error !== undefined) throw error;
      return calls;
    };
  };

  it('repeats a call until it is sent', async () => {
    const patience = new CallRetries(new SystemClock());
    await expect(patience.with(UNSENT, failing(unsent, unsent))).resolves.toBe(3);
  });

  it('repeats a call of unknown outcome only if that is harmless', async () => {
    const patience = new CallRetries(new SystemClock());
    await expect(patience.with(REPEATABLE, failing(unknown))).resolves.toBe(2);
    await expect(patience.with(UNSENT, failing(unknown))).rejects.toBe(unknown);
  });

  it('never repeats a bug of ours', async () => {
    const mistake = new AppError('internal.unexpected');
    await expect(new CallRetries(new SystemClock()).with(REPEATABLE, failing(mistake))).rejects.toBe(mistake);
  });

  it('gives up within three seconds of the first failure', async () => {
    const clock = new HandClock();
    let firstFailureMs: number | null = null;
    const call = async (): Promise<never> => {
      clock.ms += 400;
      firstFailureMs ??= clock.ms;
      throw unsent;
    };
    await expect(new CallRetries(clock).with(UNSENT, call)).rejects.toBe(unsent);
    expect(clock.ms - (firstFailureMs ?? 0)).toBeGreaterThan(1500);
    expect(clock.ms - (firstFailureMs ?? 0)).toBeLessThan(3000);
  });

  it('ends at once if the store was closed', async () => {
    const patience = new CallRetries(new SystemClock());
    patience.end();
    await expect(patience.with(REPEATABLE, failing(unsent))).rejects.toBe(unsent);
  });
});
