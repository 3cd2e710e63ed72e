import type { WebDriver } from 'selenium-webdriver';
import { AppError } from '../../jobs/app-error.js';
import type { BrowserOptions } from './browser-options.js';
import { Tab } from './browser.port.js';
import type { TabSession } from './tab-session.js';
import { withDeadline } from './deadline.js';
import { isPageTimeout, isScriptFailure, namedFailure } from './webdriver-errors.js';

/** Body of a function that identifies the document, and returns Chrome's error if its error page is shown. */
const WHAT_IS_SHOWN = `
  const isErrorPage = location.protocol === 'chrome-error:';
  const reason = isErrorPage ? (window.loadTimeDataRaw && window.loadTimeDataRaw.errorCode) || 'ERR_FAILED' : '';
  return performance.timeOrigin + ' ' + reason;
`;

/** A tab of Chrome, lent to one search and closed when that search's signal aborts. */
export class ChromeTab extends Tab {
  private closing: Promise<void> | null = null;
  /** Whether it had no error, so that the next search may use it. */
  private isSound = true;

  constructor(
    private readonly session: TabSession,
    private readonly options: BrowserOptions,
    private readonly signal: AbortSignal,
    private readonly giveBack: (session: TabSession, isSound: boolean) => Promise<void>,
  ) {
    super();
    signal.addEventListener('abort', this.onAbort, { once: true });
  }

  override async go(url: string): Promise<void> {
    const [before] = await this.shown();
    await this.command((driver) => withinPageDeadline(driver.get(url)));
    const [now, reason] = await this.shown();
    // Chrome sometimes shows its error page without telling the driver.
    if (reason !== '') throw new AppError('source.unreachable', { reason });
    if (now === before) throw new AppError('source.unreachable', { reason: 'timeout' });
  }

  override async run(script: string, ...args: readonly unknown[]): Promise<unknown> {
    return this.command((driver) => driver.executeScript<unknown>(script, ...args));
  }

  private async shown(): Promise<[document: string, reason: string]> {
    const [document = '', reason = ''] = String(await this.run(WHAT_IS_SHOWN)).split(' ');
    return [document, reason];
  }

  override async close(): Promise<void> {
    this.signal.removeEventListener('abort', this.onAbort);
    this.closing ??= this.giveBack(this.session, this.isSound);
    await this.closing;
  }

  private readonly onAbort = (): void => {
    this.isSound = false;
    // The user of the tab awaits the same closing and learns of its failure.
    this.close().catch(() => {});
  };

  /** A command may first wait for a page, which Chrome itself gives up at the page's deadline. */
  private async command<T>(send: (driver: WebDriver) => Promise<T>): Promise<T> {
    this.signal.throwIfAborted();
    const timeoutMs = this.options.pageTimeoutMs + this.options.commandTimeoutMs;
    try {
      return await withDeadline(send(this.session.driver), timeoutMs, this.signal);
    } catch (error) {
      this.signal.throwIfAborted();
      if (isScriptFailure(error)) throw error;
      const failure = namedFailure(error);
      this.isSound &&= failure.code !== 'browser.crashed';
      throw failure;
    }
  }
}

/** A late page is no failure: its loaded part is readable. */
async function withinPageDeadline(loading: Promise<void>): Promise<void> {
  try {
    await loading;
  } catch (error) {
    if (!isPageTimeout(error)) throw error;
  }
}
