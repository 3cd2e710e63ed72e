import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until `ask` returns something other than null, false or undefined.
 * @returns the answer @throws Error naming `what` after `withinMs`
 */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  withinMs = 60_000,
  everyMs = 10,
): Promise<Exclude<T, null | false | undefined>> {
  const deadlineMs = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (isThere(answer)) return answer;
    if (performance.now() > deadlineMs) throw new Error(`not within ${withinMs} ms: ${what}`);
    await sleep(everyMs);
  }
}

function isThere<T>(answer: T): answer is Exclude<T, null | false | undefined> {
  return answer !== null && answer !== false && answer !== undefined;
}
