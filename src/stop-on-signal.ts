import type { INestApplicationContext } from '@nestjs/common';
import { inspect } from 'node:util';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
/** Longer than runs and mails need to finish, shorter than service managers wait before they kill. */
const STOP_WITHIN_MS = 20_000;
/** Maximum time until closed resources are gone, also on a busy machine. */
const EMPTY_WITHIN_MS = 4000;

/** The log for failures to close. */
export interface StopLog {
  error(facts: object, why: string): void;
}

/** For a process without another log. */
export const STDERR_LOG: StopLog = {
  error: (facts, why) => process.stderr.write(`${why}: ${inspect(facts)}\n`),
};

/**
 * Closes the service at the first SIGTERM, SIGINT or SIGHUP; the process then ends by itself with exit code
 * 0. If it does not end, logs what is still open and exits.
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
 * Releases the resources of a failed start, such as the right to run jobs; the process then ends by itself
 * with exit code 1.
 * @param app null if the application was not created
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
 * `process.exit` is used only here: it waits for V8's threads, and one of these may wait for a garbage
 * collection that only the main thread can run. Under load every twentieth stop hung for ever.
 * @see https://github.com/nodejs/node/issues/54918
 */
function endAfter(ms: number, log: StopLog, why: string): NodeJS.Timeout {
  return setTimeout(() => {
    log.error({ open: process.getActiveResourcesInfo() }, why);
    process.exit(1);
  }, ms).unref();
}
