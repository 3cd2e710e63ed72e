import { setTimeout as sleep } from 'node:timers/promises';

/** Waits, without keeping the process alive; ends early, and quietly, as soon as `signal` is aborted. */
export async function waitOrAbort(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal, ref: false });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
