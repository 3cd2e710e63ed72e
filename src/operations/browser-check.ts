import { type AppError, isAppError } from '../jobs/app-error.js';
import type { Browser } from '../scraping/browser/browser.port.js';
import type { ReadinessCheck } from './readiness-checks.js';

/**
 * Checks whether a browser can be started. A failed last start is an impairment: some engines need no
 * browser, and the next start may go well.
 */
export function browserCheck(browser: Pick<Browser, 'ping'>): ReadinessCheck {
  return {
    name: 'browser',
    check: async () => {
      try {
        await browser.ping();
        return undefined;
      } catch (error) {
        if (isAppError(error, 'browser.crashed')) return { impaired: reportOf(error) };
        throw isAppError(error) ? new Error(reportOf(error), { cause: error }) : error;
      }
    },
  };
}

/** The code with the most telling line, never the whole output: strangers may read it. */
function reportOf({ code, context }: AppError): string {
  const { part, problem, setting, said, reason } = context;
  if (problem === undefined) return `${code}: ${said ?? reason}`;
  return `${code}: ${part}: ${problem}${setting === undefined ? '' : ` (${setting})`}`;
}
