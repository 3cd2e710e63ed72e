import { Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { BrowserOptions } from './browser-options.js';
import { Browser, type Tab } from './browser.port.js';
import type { ChromeProcess } from './chrome-process.js';
import { ChromeTab } from './chrome.tab.js';
import { withDeadline } from './deadline.js';
import { isRoot } from './driver-process.js';
import { FailedStart } from './failed-start.js';
import { findChrome } from './find-chrome.js';
import type { TabSession } from './tab-session.js';
import { sweepThrowawayFolders } from './throwaway-folder.js';
import { namedFailure } from './webdriver-errors.js';

/**
 * One Chrome on this machine, shared by all searches: started with the first one, kept between searches,
 * closed after an idle time, and killed with all its processes when it hangs or crashes.
 */
export class LocalChromeBrowser extends Browser implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('Browser');
  private running: Promise<ChromeProcess> | null = null;
  /** Sound tabs of earlier searches. */
  private spare: TabSession[] = [];
  private lent = 0;
  /** Why the last start failed; null: it succeeded, or there was none. */
  private failedStart: FailedStart | null = null;
  private idleTimer: NodeJS.Timeout | undefined;

  constructor(private readonly options: BrowserOptions) {
    super();
  }

  /** Removes the folders of an earlier process that was killed. */
  async onModuleInit(): Promise<void> {
    const swept = await sweepThrowawayFolders();
    if (swept > 0) this.logger.warn(`removed what ${swept} killed browser(s) left behind`);
  }

  /** Runs after the jobs were handed back; otherwise a search would start another browser. */
  async onApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  override async ping(): Promise<void> {
    await findChrome(this.options, isRoot());
    if (this.failedStart !== null) throw this.failedStart;
  }

  override async openTab(signal: AbortSignal): Promise<Tab> {
    signal.throwIfAborted();
    clearTimeout(this.idleTimer);
    this.lent += 1;
    const opening = this.session();
    try {
      const session = await withDeadline(opening, this.options.startTimeoutMs * 2, signal);
      return new ChromeTab(session, this.options, signal, (used, isSound) => this.takeBack(used, isSound));
    } catch (error) {
      // Close a tab that came too late for its search.
      void opening.then(
        (late) => this.takeBack(late, true),
        () => this.returned(),
      );
      signal.throwIfAborted();
      throw namedFailure(error);
    }
  }

  private async session(): Promise<TabSession> {
    const spare = this.spare.pop();
    if (spare !== undefined) {
      if (await spare.answers()) return spare;
      // It died between searches: start another one for this search.
      await this.killIfDead(spare.chrome);
    }
    const chrome = await this.warm();
    try {
      const { TabSession } = await import('./tab-session.js');
      return await TabSession.open(chrome, this.options);
    } catch (error) {
      await this.killIfDead(chrome);
      throw error;
    }
  }

  private async warm(): Promise<ChromeProcess> {
    const starting = (this.running ??= this.start());
    try {
      return await starting;
    } catch (error) {
      this.forget(starting);
      throw error;
    }
  }

  private async takeBack(session: TabSession, isSound: boolean): Promise<void> {
    try {
      if (isSound) {
        await session.clear();
        this.spare.push(session);
      } else await session.close();
    } catch (error) {
      this.logger.debug(`a tab could not be closed: ${String(error)}`);
      await this.killIfDead(session.chrome);
    } finally {
      this.returned();
    }
  }

  private returned(): void {
    this.lent -= 1;
    if (this.lent > 0) return;
    clearTimeout(this.idleTimer);
    this.idleTimer = setTimeout(() => void this.stop(), this.options.idleCloseMs).unref();
  }

  private async killIfDead(chrome: ChromeProcess): Promise<void> {
    if (await chrome.isAlive()) return;
    // Any other browser was stopped, or is known to be dead.
    if ((await this.running?.catch(() => null)) === chrome) {
      this.logger.warn('the browser hung or crashed and is killed');
      this.forget(this.running);
    }
    await chrome.stop();
  }

  private async stop(): Promise<void> {
    clearTimeout(this.idleTimer);
    const { running } = this;
    // From here on, a new search starts another browser.
    this.forget(running);
    const chrome = await running?.catch(() => null);
    await chrome?.stop();
  }

  private forget(running: Promise<ChromeProcess> | null): void {
    if (this.running !== running) return;
    this.running = null;
    this.spare = [];
  }

  /** Loads the driver with the first search: an idle service does not need it. */
  private async start(): Promise<ChromeProcess> {
    const { ChromeProcess } = await import('./chrome-process.js');
    try {
      const chrome = await ChromeProcess.start(this.options);
      this.failedStart = null;
      return chrome;
    } catch (error) {
      if (error instanceof FailedStart) {
        this.failedStart = error;
        this.logger.error({ err: error, said: error.said }, 'the browser did not start');
      }
      throw error;
    }
  }
}
