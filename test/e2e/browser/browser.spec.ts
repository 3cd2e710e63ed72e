import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isRoot } from '../../../src/scraping/browser/driver-process.js';
import type { LocalChromeBrowser } from '../../../src/scraping/browser/local-chrome.browser.js';
import { processesOf } from '../../../src/scraping/browser/process-tree.js';
import { pause } from '../../../src/jobs/timing/pause.js';
import { browserFoldersOf } from '../../support/web/browser-folders.js';
import { NEVER, testBrowser } from '../../support/searching.js';
import { until } from '../../support/until.js';

const PAGE = `<!doctype html><style>@font-face{font-family:f;src:url(/font.woff2)}body{font-family:f}</style>
<body><p>hello</p><img src="/image.png"><video autoplay muted src="/film.mp4"></video><script src="/script.js"></script>`;

const foldersOfOurs = (): Promise<string[]> => browserFoldersOf(process.pid);

async function onlyFolder(): Promise<string> {
  const [folder, ...others] = await foldersOfOurs();
  if (folder === undefined || others.length > 0) throw new Error('not exactly one browser runs');
  return folder;
}

/** Deadlines short enough for a test, but long enough for success on a busy machine. */
const IMPATIENT = { pageTimeoutMs: 5000, commandTimeoutMs: 5000 };

const commandOf = (pid: number): string =>
  readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ');

/** Chrome's main process, the ancestor of all others. */
async function mainProcessOf(folder: string): Promise<number> {
  const pids = await processesOf(folder);
  const main = pids.find(
    (pid) => commandOf(pid).includes(`--user-data-dir=${folder}`) && !commandOf(pid).includes('--type='),
  );
  if (main === undefined) throw new Error('Chrome does not run');
  return main;
}

const hasGone = async (): Promise<boolean> => (await foldersOfOurs()).length === 0;

describe('the browser', () => {
  let server: Server;
  let origin: string;
  let asked: string[] = [];
  const browsers: LocalChromeBrowser[] = [];
  const newBrowser = (...changes: Parameters<typeof testBrowser>): LocalChromeBrowser => {
    const browser = testBrowser(...changes);
    browsers.push(browser);
    return browser;
  };

  beforeAll(async () => {
    server = createServer(({ url = '' }, response) => {
      asked.push(url);
      if (url === '/never') return;
      if (url === '/loop') response.end('<body><script>for(;;);</script>');
      else response.setHeader('content-type', 'text/html').end(url === '/' ? PAGE : '');
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    asked = [];
  });
  afterEach(async () => {
    await Promise.all(browsers.splice(0).map((browser) => browser.onApplicationShutdown()));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('runs scripts but loads no images, fonts or media', async () => {
    const tab = await newBrowser().openTab(NEVER);
    await tab.go(`${origin}/`);
    await until('the script is asked for', () => asked.includes('/script.js'));
    expect(await tab.run('return document.body.innerText.trim() + arguments[0]', '!')).toBe('hello!');
    expect(asked.filter((url) => /image|font|film/.test(url))).toEqual([]);
  });

  it('keeps its sandbox and is not root', async () => {
    const tab = await newBrowser().openTab(NEVER);
    await tab.go('chrome://sandbox');
    expect(await tab.run('return document.body.innerText')).toContain('You are adequately sandboxed');
    const main = await mainProcessOf(await onlyFolder());
    const [uid] = /^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${main}/status`, 'utf8'))?.slice(1) ?? [];
    expect(Number(uid)).toBe(isRoot() ? 65_534 : process.getuid?.());
    expect(commandOf(main)).not.toContain('--no-sandbox');
  });

  it('passes none of our environment to Chrome', async () => {
    await newBrowser().openTab(NEVER);
    const main = await mainProcessOf(await onlyFolder());
    const environment = readFileSync(`/proc/${main}/environ`, 'latin1');
    expect(environment).not.toContain('JEST_WORKER_ID');
  });

  it('identifies itself as a headless browser', async () => {
    const tab = await newBrowser().openTab(NEVER);
    expect(await tab.run('return [navigator.webdriver, navigator.userAgent]')).toEqual([
      true,
      expect.stringContaining('HeadlessChrome'),
    ]);
  });

  it('serves several searches with one Chrome', async () => {
    const browser = newBrowser();
    const tabs = await Promise.all([1, 2, 3].map(() => browser.openTab(NEVER)));
    await Promise.all(tabs.map((tab, index) => tab.go(`${origin}/?${index}`)));
    expect(await Promise.all(tabs.map((tab) => tab.run('return location.search')))).toEqual([
      '?0',
      '?1',
      '?2',
    ]);
    expect(await foldersOfOurs()).toHaveLength(1);
  });

  it('stays open between two searches and keeps nothing of the first one', async () => {
    const browser = newBrowser();
    const first = await browser.openTab(NEVER);
    await first.go(`${origin}/?first`);
    const folder = await onlyFolder();
    await first.close();
    const second = await browser.openTab(NEVER);
    expect(await second.run('return location.href')).toBe('about:blank');
    expect(await onlyFolder()).toBe(folder);
  });

  it('ends with its processes and its profile after an idle time', async () => {
    const tab = await newBrowser({ idleCloseMs: 100 }).openTab(NEVER);
    const folder = await onlyFolder();
    await pause(300, NEVER);
    expect(await foldersOfOurs()).toEqual([folder]);
    await tab.close();
    await until('the browser is gone', hasGone);
    expect(await processesOf(folder)).toEqual([]);
  });

  it('ends at once when the service stops, even during searches', async () => {
    const browser = newBrowser();
    const tab = await browser.openTab(NEVER);
    const folder = await onlyFolder();
    const loading = tab.go(`${origin}/never`).catch((error: unknown) => error);
    await until('the page is asked for', () => asked.includes('/never'));
    await browser.onApplicationShutdown();
    expect(await loading).toMatchObject({ code: 'browser.crashed' });
    expect(await processesOf(folder)).toEqual([]);
    expect(await foldersOfOurs()).toEqual([]);
  });

  it.each(['SIGKILL', 'SIGSEGV'] as const)(
    'says that Chrome crashed by %s, clears up, and starts anew',
    async (signal) => {
      const browser = newBrowser();
      const tab = await browser.openTab(NEVER);
      const folder = await onlyFolder();
      process.kill(await mainProcessOf(folder), signal);
      await expect(tab.go(`${origin}/`)).rejects.toMatchObject({ code: 'browser.crashed' });
      await tab.close();
      expect(await processesOf(folder)).toEqual([]);
      expect(await foldersOfOurs()).toEqual([]);
      const next = await browser.openTab(NEVER);
      await next.go(`${origin}/`);
      expect(await next.run('return document.readyState')).not.toBe('loading');
    },
  );

  it('starts again without a failure if Chrome died between searches', async () => {
    const browser = newBrowser();
    const tab = await browser.openTab(NEVER);
    const folder = await onlyFolder();
    await tab.close();
    process.kill(await mainProcessOf(folder), 'SIGKILL');
    const next = await browser.openTab(NEVER);
    await next.go(`${origin}/?anew`);
    expect(await next.run('return location.search')).toBe('?anew');
    expect(await onlyFolder()).not.toBe(folder);
  });

  it('kills a Chrome that hangs, with all its processes', async () => {
    const browser = newBrowser(IMPATIENT);
    const tab = await browser.openTab(NEVER);
    const folder = await onlyFolder();
    for (const pid of await processesOf(folder))
      if (!commandOf(pid).includes('chromedriver')) process.kill(pid, 'SIGSTOP');
    await expect(tab.run('return 1')).rejects.toMatchObject({
      code: 'browser.crashed',
      context: { reason: 'hung' },
    });
    await tab.close();
    expect(await processesOf(folder)).toEqual([]);
    expect(await foldersOfOurs()).toEqual([]);
  });

  it('gives up a page with an endless script', async () => {
    const tab = await newBrowser(IMPATIENT).openTab(NEVER);
    await expect(tab.go(`${origin}/loop`)).rejects.toMatchObject({
      code: 'browser.crashed',
      context: { reason: 'hung' },
    });
    await tab.close();
  });

  it('gives up a page that does not load, and can use the tab for another one', async () => {
    const tab = await newBrowser({ pageTimeoutMs: 5000 }).openTab(NEVER);
    await tab.go(`${origin}/`);
    await expect(tab.go(`${origin}/never`)).rejects.toMatchObject({
      code: 'source.unreachable',
      context: { reason: 'timeout' },
    });
    await tab.go(`${origin}/?again`);
    expect(await tab.run('return location.search')).toBe('?again');
  });

  it('stops at once when a search is cancelled, and closes its tab', async () => {
    const browser = newBrowser();
    const other = await browser.openTab(NEVER);
    const stop = new AbortController();
    const tab = await browser.openTab(stop.signal);
    const loading = tab.go(`${origin}/never`).catch((error: unknown) => error);
    await until('the page is asked for', () => asked.includes('/never'));
    stop.abort(new Error('cancelled'));
    expect(await loading).toBe(stop.signal.reason);
    await tab.close();
    await other.go(`${origin}/?other`);
    expect(await other.run('return location.search')).toBe('?other');
  });

  it('opens no tab for a search that is already cancelled', async () => {
    await expect(newBrowser().openTab(AbortSignal.abort(new Error('cancelled')))).rejects.toThrow(
      'cancelled',
    );
    expect(await foldersOfOurs()).toEqual([]);
  });

  it('names the missing part if there is no Chrome', async () => {
    const browser = newBrowser({ browserPath: '/nowhere/chrome' });
    const missing = { code: 'browser.missing', context: { part: 'browser', path: '/nowhere/chrome' } };
    await expect(browser.ping()).rejects.toMatchObject(missing);
    await expect(browser.openTab(NEVER)).rejects.toMatchObject(missing);
    expect(await foldersOfOurs()).toEqual([]);
  });

  it('says that a program that is no driver does not come up, and cleans up', async () => {
    const browser = newBrowser({ driverPath: '/bin/true' });
    await expect(browser.openTab(NEVER)).rejects.toMatchObject({ code: 'browser.crashed' });
    expect(await foldersOfOurs()).toEqual([]);
  });

  it('is usable if Chrome and its driver are installed, without a start to find out', async () => {
    await expect(newBrowser().ping()).resolves.toBeUndefined();
    expect(await foldersOfOurs()).toEqual([]);
  });
});
