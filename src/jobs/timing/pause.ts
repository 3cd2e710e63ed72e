import { setTimeout as sleep } from 'node:timers/promises';

/** Waits. @throws the reason of `signal` if it aborts first */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

/**
 * Waits, for loops that end when `signal` aborts. Does not keep the process alive.
 * @returns whether the time passed; false: `signal` aborted first
 */
export async function pauseOrStop(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(ms, undefined, { signal, ref: false });
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}
