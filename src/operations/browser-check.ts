import { type AppError, isAppError } from '../jobs/app-error.js';
import type { Browser } from '../scraping/browser/browser.port.js';
import type { ReadinessCheck } from './readiness-checks.js';

/**
 * Whether engines can be searched in a browser. One that did not start the last time is an impairment: other engines
 * need none, and the next start may go well.
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

/** The code with the one line that tells most, never a whole output: strangers may read it. */
function reportOf({ code, context }: AppError): string {
  const { part, problem, setting, said, reason } = context;
  if (problem === undefined) return `${code}: ${said ?? reason}`;
  return `${code}: ${part}: ${problem}${setting === undefined ? '' : ` (${setting})`}`;
}
