import type { INestApplicationContext } from '@nestjs/common';
import { inspect } from 'node:util';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
/** More than runs and mails need to get away, less than the patience of who stops services. */
const STOP_WITHIN_MS = 20_000;
/** How long what was closed may take to be gone, on a machine that is busy with other things too. */
const EMPTY_WITHIN_MS = 4000;

/** Where it is said that something did not close as it should. */
export interface StopLog {
  error(facts: object, why: string): void;
}

/** For a process that has no other log, or not any more. */
export const STDERR_LOG: StopLog = {
  error: (facts, why) => process.stderr.write(`${why}: ${inspect(facts)}\n`),
};

/**
 * Closes the service at the first SIGTERM, SIGINT or SIGHUP; the process then ends by itself, with 0, since
 * nothing is left to do. One that will not end is ended, and its log says what was still open.
 */
export function stopOnSignal(app: INestApplicationContext, log: StopLog): void {
  let isStopping = false;
  const stop = (): void => {
    if (!isStopping) void close(app, log);
    isStopping = true;
  };
  for (const signal of SIGNALS) process.on(signal, stop);
}

/**
 * Gives back what a start that failed had taken, the right to run jobs for one; the process then ends by itself,
 * with 1.
 * @param app null where it was not even put together
 */
export async function stopAfterFailure(app: INestApplicationContext | null, log: StopLog): Promise<void> {
  process.exitCode = 1;
  await close(app, log);
}

async function close(app: INestApplicationContext | null, log: StopLog): Promise<void> {
  const late = endAfter(STOP_WITHIN_MS, log, 'the service could not be closed in time');
  try {
    await app?.close();
  } catch (error) {
    log.error({ err: error }, 'the service was not closed in good order');
    process.exitCode = 1;
  }
  clearTimeout(late);
  endAfter(EMPTY_WITHIN_MS, log, 'something was still open when the service had been closed');
}

/**
 * `process.exit` is kept for this case alone: it waits for V8's threads, and one of these may wait for a
 * collection of garbage that only the main thread could make. Under load every twentieth stop hung for ever.
 * @see https://github.com/nodejs/node/issues/54918
 */
function endAfter(ms: number, log: StopLog, why: string): NodeJS.Timeout {
  return setTimeout(() => {
    log.error({ open: process.getActiveResourcesInfo() }, why);
    process.exit(1);
  }, ms).unref();
}
