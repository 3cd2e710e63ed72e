/** A command missed its deadline. */
export class DeadlinePassed extends Error {
  constructor(readonly timeoutMs: number) {
    super(`no answer within ${timeoutMs} ms`);
    this.name = 'DeadlinePassed';
  }
}

/**
 * Waits for `work`, at most `timeoutMs` and until `signal` aborts. The work itself goes on: the caller closes
 * the thing it runs on.
 * @throws DeadlinePassed; the signal's reason; the rejection of the work
 */
export async function withDeadline<T>(work: Promise<T>, timeoutMs: number, signal?: AbortSignal): Promise<T> {
  const done = new AbortController();
  try {
    return await Promise.race([work, cutOff(timeoutMs, signal, done.signal)]);
  } finally {
    done.abort();
  }
}

/** Rejects at the deadline or when `signal` aborts, unless `done` came first. */
function cutOff(timeoutMs: number, signal: AbortSignal | undefined, done: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const timer = setTimeout(() => reject(new DeadlinePassed(timeoutMs)), timeoutMs);
    done.addEventListener('abort', () => clearTimeout(timer));
    signal?.addEventListener('abort', () => reject(signal.reason), { signal: done });
    if (signal?.aborted === true) reject(signal.reason);
  });
}
