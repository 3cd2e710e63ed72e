import { Logger } from '@nestjs/common';
import { Agent } from 'node:http';
import { Builder, type WebDriver } from 'selenium-webdriver';
import chrome from 'selenium-webdriver/chrome.js';
import type { BrowserOptions } from './browser-options.js';
import { CHROME_PREFERENCES, chromeArguments, proxyArguments } from './chrome-arguments.js';
import { withDeadline } from './deadline.js';
import { DriverProcess, isRoot } from './driver-process.js';
import { FailedStart, failedStart } from './failed-start.js';
import { type ChromePaths, findChrome } from './find-chrome.js';
import { lacksSandbox, WITHOUT_SANDBOX } from './sandbox.js';
import { sharedMemoryArguments } from './shared-memory.js';

/** The longest time Chrome may take to answer or to close a tab. */
const PROBE_MS = 3000;
const SANDBOX_HELP = 'Allow user namespaces, or on Debian: apt-get install chromium-sandbox';
const logger = new Logger('Browser');

/**
 * One running Chrome. Its own WebDriver session only watches it; each search attaches a separate session to
 * the same Chrome, so that searches neither share a current tab nor wait for each other.
 */
export class ChromeProcess {
  private constructor(
    private readonly driver: DriverProcess,
    private readonly watcher: chrome.Driver,
    private readonly agent: Agent,
    private readonly debuggerAddress: string,
    private readonly options: BrowserOptions,
  ) {}

  /**
   * Starts Chrome with its sandbox, or without if the machine allows none and the options require none.
   * @throws AppError `browser.missing`; FailedStart
   */
  static async start(options: BrowserOptions): Promise<ChromeProcess> {
    const paths = await findChrome(options, isRoot());
    try {
      return await ChromeProcess.startOnce(paths, options);
    } catch (error) {
      const isSandboxed = !options.extraArguments.includes(WITHOUT_SANDBOX);
      if (!isSandboxed || !(error instanceof FailedStart) || !error.hasDied) throw error;
      if (!(await lacksSandbox(paths.browser, options.startTimeoutMs))) throw error;
      if (options.sandbox === 'required') throw sandboxMissing(error);
      logger.warn(`Chrome runs without its sandbox: this machine allows it none. ${SANDBOX_HELP}`);
      const extraArguments = [...options.extraArguments, WITHOUT_SANDBOX];
      return ChromeProcess.startOnce(paths, { ...options, extraArguments });
    }
  }

  private static async startOnce(paths: ChromePaths, options: BrowserOptions): Promise<ChromeProcess> {
    const driver = await DriverProcess.start(paths.driver, options.startTimeoutMs);
    const agent = new Agent({ keepAlive: true });
    try {
      const wanted = newOptions(options);
      wanted.setBinaryPath(paths.browser);
      wanted.addArguments(...(await sharedMemoryArguments()));
      wanted.addArguments(...chromeArguments(driver.folder.profile, options.extraArguments));
      if (options.proxyAddress !== null) wanted.addArguments(...proxyArguments(await options.proxyAddress()));
      wanted.setUserPreferences(CHROME_PREFERENCES);
      const watcher = await connect(driver.url, agent, wanted, options.startTimeoutMs);
      const capabilities = await watcher.getCapabilities();
      const address = debuggerAddressIn(capabilities.get('goog:chromeOptions'));
      driver.output.forget();
      return new ChromeProcess(driver, watcher, agent, address, options);
    } catch (error) {
      agent.destroy();
      await driver.stop();
      throw failedStart('browser', error, await driver.output.linesAtEnd());
    }
  }

  /** Opens another WebDriver session on this Chrome. */
  async attach(): Promise<WebDriver> {
    const wanted = newOptions(this.options);
    wanted.debuggerAddress(this.debuggerAddress);
    return connect(this.driver.url, this.agent, wanted, this.options.startTimeoutMs);
  }

  /** Closes a tab even if its own session is waiting. @throws Error if Chrome does not answer */
  async closeTarget(targetId: string): Promise<void> {
    await withDeadline(this.watcher.sendDevToolsCommand('Target.closeTarget', { targetId }), PROBE_MS);
  }

  /** Whether Chrome answers. */
  async isAlive(): Promise<boolean> {
    if (!this.driver.isRunning) return false;
    const answer = withDeadline(this.watcher.getAllWindowHandles(), PROBE_MS);
    return answer.then(
      () => true,
      () => false,
    );
  }

  /** Ends Chrome with all its processes and removes their files. */
  async stop(): Promise<void> {
    this.agent.destroy();
    await this.driver.stop();
  }
}

function newOptions(options: BrowserOptions): chrome.Options {
  const wanted = new chrome.Options();
  wanted.setPageLoadStrategy('eager');
  wanted.set('timeouts', { pageLoad: options.pageTimeoutMs, script: options.commandTimeoutMs });
  wanted.setAlertBehavior('dismiss');
  return wanted;
}

async function connect(
  url: string,
  agent: Agent,
  wanted: chrome.Options,
  timeoutMs: number,
): Promise<chrome.Driver> {
  const builder = new Builder().disableEnvironmentOverrides().usingServer(url).usingHttpAgent(agent);
  const session = builder.forBrowser('chrome').setChromeOptions(wanted).build();
  const driver = await withDeadline(session, timeoutMs);
  if (!(driver instanceof chrome.Driver)) throw new Error('not a session of Chrome');
  return driver;
}

function debuggerAddressIn(answer: unknown): string {
  const isObject = typeof answer === 'object' && answer !== null && 'debuggerAddress' in answer;
  if (isObject && typeof answer.debuggerAddress === 'string') return answer.debuggerAddress;
  throw new Error('chromedriver did not say where Chrome listens');
}

function sandboxMissing(failure: FailedStart): FailedStart {
  const context = { part: 'sandbox', problem: SANDBOX_HELP };
  return new FailedStart('browser.missing', context, failure.said, failure);
}
