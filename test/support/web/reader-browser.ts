import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Builder, By, type WebElement } from 'selenium-webdriver';
import chrome from 'selenium-webdriver/chrome.js';
import { DriverProcess, isRoot } from '../../../src/scraping/browser/driver-process.js';
import { findChrome } from '../../../src/scraping/browser/find-chrome.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const START_TIMEOUT_MS = 60_000;

/** Set-up of the reader's browser. */
export interface ReaderOptions {
  readonly scheme?: 'light' | 'dark';
  readonly width?: number;
  readonly timeZone?: string;
}

/** A real Chrome as people use it: pictures, scripts, a colour scheme, a time zone. */
export class ReaderBrowser {
  private constructor(
    private readonly process: DriverProcess,
    readonly driver: chrome.Driver,
  ) {}

  static async start(): Promise<ReaderBrowser> {
    const paths = await findChrome({ browserPath: null, driverPath: null }, isRoot());
    const process = await DriverProcess.start(paths.driver, START_TIMEOUT_MS);
    try {
      const options = new chrome.Options();
      options.setBinaryPath(paths.browser);
      options.addArguments('--headless=new', `--user-data-dir=${process.folder.profile}`, '--lang=en-US');
      const builder = new Builder().forBrowser('chrome').setChromeOptions(options).usingServer(process.url);
      const driver = await builder.build();
      if (!(driver instanceof chrome.Driver)) throw new TypeError('This is another browser than Chrome.');
      return new ReaderBrowser(process, driver);
    } catch (error) {
      await process.stop();
      throw error;
    }
  }

  /** Sets the colour scheme, width and time zone that pages can detect. */
  async become({ scheme = 'light', width = 1280, timeZone = 'Europe/Vienna' }: ReaderOptions): Promise<void> {
    const features = [{ name: 'prefers-color-scheme', value: scheme }];
    const metrics = { width, height: 900, deviceScaleFactor: 1, mobile: width < 600 };
    await this.driver.sendDevToolsCommand('Emulation.setEmulatedMedia', { features });
    await this.driver.sendDevToolsCommand('Emulation.setDeviceMetricsOverride', metrics);
    await this.driver.sendDevToolsCommand('Emulation.setTimezoneOverride', { timezoneId: timeZone });
  }

  open(url: string): Promise<void> {
    return this.driver.get(url);
  }

  find(css: string): Promise<WebElement> {
    return this.driver.findElement(By.css(css));
  }

  /** @returns the visible text of the first matching element */
  async textOf(css: string): Promise<string> {
    return (await this.find(css)).getText();
  }

  /** Sets a field's value and notifies the page, like a date picker does. */
  async fill(name: string, value: string): Promise<void> {
    await this.driver.executeScript(
      `const field = document.getElementById(arguments[0]);
       field.focus(); field.value = arguments[1];
       field.dispatchEvent(new Event('input', { bubbles: true })); field.blur();`,
      name,
      value,
    );
  }

  /** @returns the violations found by axe, horizontal overflow, and elements that should be hidden */
  async complaints(): Promise<string[]> {
    await this.driver.executeScript(AXE);
    return this.driver.executeAsyncScript<string[]>(
      `const done = arguments[arguments.length - 1];
       const { scrollWidth, clientWidth } = document.documentElement;
       axe.run().then(({ violations }) => done([
         ...(scrollWidth > clientWidth ? ['the page is wider than the window'] : []),
         ...[...document.querySelectorAll('[hidden]')].filter((one) => one.getClientRects().length > 0)
           .map((one) => 'hidden, and seen: ' + one.outerHTML.slice(0, 80)),
         ...violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target.join(' ')).join(', ')),
       ]));`,
    );
  }

  /** @returns loads and scripts that the browser refused since the last call */
  async refusals(): Promise<string[]> {
    const entries = await this.driver.manage().logs().get('browser');
    return entries.map(({ message }) => message).filter((message) => !/status of 4\d\d/.test(message));
  }

  async stop(): Promise<void> {
    await this.driver.quit().catch(() => null);
    await this.process.stop();
  }
}
