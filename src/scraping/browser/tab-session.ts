import type { WebDriver } from 'selenium-webdriver';
import { Driver as ChromeDriver } from 'selenium-webdriver/chrome.js';
import type { BrowserOptions } from './browser-options.js';
import { BLOCKED_URLS } from './chrome-arguments.js';
import type { ChromeProcess } from './chrome-process.js';
import { withDeadline } from './deadline.js';
import { LIMIT_NAVIGATIONS } from './navigation-limit.js';

const EMPTY_PAGE = 'about:blank';

/** A tab of a Chrome with the WebDriver session that controls it. */
export class TabSession {
  private constructor(
    readonly chrome: ChromeProcess,
    readonly driver: WebDriver,
    private readonly targetId: string,
    private readonly timeoutMs: number,
  ) {}

  /** Opens a new tab that loads no media. */
  static async open(process: ChromeProcess, options: BrowserOptions): Promise<TabSession> {
    const timeoutMs = options.startTimeoutMs;
    const driver = await process.attach();
    await withDeadline(driver.switchTo().newWindow('tab'), timeoutMs);
    const targetId = await withDeadline(driver.getWindowHandle(), timeoutMs);
    if (driver instanceof ChromeDriver) {
      await withDeadline(driver.sendDevToolsCommand('Network.enable', {}), timeoutMs);
      await withDeadline(
        driver.sendDevToolsCommand('Network.setBlockedURLs', { urls: BLOCKED_URLS }),
        timeoutMs,
      );
      const everywhere = { source: LIMIT_NAVIGATIONS, worldName: 'image-job' };
      await withDeadline(
        driver.sendDevToolsCommand('Page.addScriptToEvaluateOnNewDocument', everywhere),
        timeoutMs,
      );
    }
    return new TabSession(process, driver, targetId, options.commandTimeoutMs);
  }

  /** Whether the tab exists and answers. */
  async answers(): Promise<boolean> {
    // The driver alone answers commands that need no page; a script has to reach Chrome.
    const answer = withDeadline(this.driver.executeScript('return 1'), this.timeoutMs);
    return answer.then(
      () => true,
      () => false,
    );
  }

  /** Leaves the page, so that none of its scripts go on. */
  async clear(): Promise<void> {
    await withDeadline(this.driver.get(EMPTY_PAGE), this.timeoutMs);
  }

  /** Closes the tab and its session, even if a command is waiting. @throws if Chrome does not answer */
  async close(): Promise<void> {
    await this.chrome.closeTarget(this.targetId);
    await withDeadline(this.driver.quit(), this.timeoutMs);
  }
}
