import { AppError, isAppError } from '../../jobs/app-error.js';
import { DeadlinePassed } from './deadline.js';

// Errors are recognised by name: importing their classes would load the whole driver into processes that
// never search.

/** Whether Chrome stopped loading a page at its deadline. */
export function isPageTimeout(error: unknown): boolean {
  return nameOf(error) === 'TimeoutError';
}

/** Whether the driver started no browser. */
export function isSessionRefused(error: unknown): error is Error {
  return nameOf(error) === 'SessionNotCreatedError';
}

const PAGE_LEFT = /aborted by navigation|execution context|context was destroyed|cannot find context/i;

/** Whether a script failed in the page, e.g. because the page was left meanwhile: the browser is fine. */
export function isScriptFailure(error: unknown): boolean {
  if (nameOf(error) === 'JavascriptError') return true;
  return isFromDriver(error) && PAGE_LEFT.test(error.message);
}

/**
 * Names the failure of a WebDriver command.
 * @returns AppError `source.unreachable` for a network error of the page, otherwise `browser.crashed`
 */
export function namedFailure(error: unknown): AppError {
  if (isAppError(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  const reason = /net::(ERR_[A-Z0-9_]+)/.exec(message)?.[1];
  if (reason !== undefined) return new AppError('source.unreachable', { reason }, error);
  const isHung =
    error instanceof DeadlinePassed || nameOf(error) === 'ScriptTimeoutError' || isPageTimeout(error);
  return new AppError('browser.crashed', { reason: isHung ? 'hung' : firstLine(message) }, error);
}

function isFromDriver(error: unknown): error is Error {
  return error instanceof Error && 'remoteStacktrace' in error;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').slice(0, 200);
}
