import type { INestApplicationContext } from '@nestjs/common';
import type { Logger } from 'nestjs-pino';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
/** More than runs and mails need to get away, less than the patience of who stops services. */
const STOP_WITHIN_MS = 20_000;
/** How long what was closed may take to be gone. */
const EMPTY_WITHIN_MS = 1500;

/**
 * Closes the service at the first SIGTERM, SIGINT or SIGHUP; the process then ends by itself, with 0, since
 * nothing is left to do. One that will not end is ended, and its log says what was still open.
 *
 * `process.exit` is kept for that case alone: it waits for V8's threads, and one of these may wait for a
 * collection of garbage that only the main thread could make. Under load every twentieth stop hung for ever.
 * @see https://github.com/nodejs/node/issues/54918
 */
export function stopOnSignal(app: INestApplicationContext, logger: Logger): void {
  const endAfter = (ms: number, code: number, why: string): NodeJS.Timeout =>
    setTimeout(() => {
      logger.error({ open: process.getActiveResourcesInfo() }, why);
      process.exit(code);
    }, ms).unref();
  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    const late = endAfter(STOP_WITHIN_MS, 1, 'the service could not be closed in time');
    try {
      await app.close();
    } catch (error) {
      logger.error({ err: error }, 'the service was not closed in good order');
      process.exitCode = 1;
    }
    clearTimeout(late);
    endAfter(EMPTY_WITHIN_MS, 1, 'something was still open when the service had been closed');
  };
  for (const signal of SIGNALS) process.on(signal, () => void stop());
}
