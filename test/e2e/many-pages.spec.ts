import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Job } from '../../src/jobs/job.js';
import { ReaderBrowser } from '../support/web/reader-browser.js';
import { TestClock } from '../support/test-clock.js';
import { until } from '../support/until.js';
import { WebApp } from '../support/web/web-app.js';
import { WebJobs } from '../support/web/web-jobs.js';

const MANY = 10;
const DAY_MS = 86_400_000;
/** Only against hanging: without a free connection, a page would wait for a stream that never ends. */
const LOADS_WITHIN_MS = 60_000;

describe('many pages of one server in one browser', () => {
  let web: WebApp;
  let jobs: WebJobs;
  let browser: ReaderBrowser;
  /** Counts of open event streams and of all event streams. */
  const open = new Set<string>();
  const asked: string[] = [];
  beforeAll(async () => {
    web = await WebApp.start({}, new TestClock(Date.now()));
    jobs = new WebJobs(web);
    const server: Server = web.app.getHttpServer();
    server.on('request', ({ url = '' }: IncomingMessage, response: ServerResponse) => {
      if (!url.includes('/events')) return;
      asked.push(url);
      open.add(url);
      response.once('close', () => open.delete(url));
    });
  });
  beforeEach(async () => {
    browser = await ReaderBrowser.start();
    await browser.driver.manage().setTimeouts({ pageLoad: LOADS_WITHIN_MS });
  });
  afterEach(() => browser.stop());
  afterAll(() => web?.stop());

  const urlOf = ({ id }: Job) => `${web.url}/jobs/${web.tokens.publicId(id)}`;
  const streamsOf = (job: Job, urls: Iterable<string>) =>
    [...urls].filter((url) => url.includes(web.tokens.publicId(job.id)));
  const isFollowed = (job: Job) => streamsOf(job, open).some((url) => !url.includes('brief'));
  const isSamePage = () => browser.driver.executeScript('return window.isSamePage');
  const textIs = (css: string, text: string) =>
    until(`${css} says ${text}`, async () => (await browser.textOf(css).catch(() => '')) === text);

  /** Opens a page in a new window and drives it. @returns its handle */
  async function openIn(place: 'tab' | 'window', url: string): Promise<string> {
    await browser.driver.switchTo().newWindow(place);
    await browser.open(url);
    await browser.driver.executeScript('window.isSamePage = true');
    return browser.driver.getWindowHandle();
  }

  /** Drives a page, and shows or hides its window. A headless browser shows every tab of a window. */
  async function turn(handle: string, windowState: 'normal' | 'minimized'): Promise<void> {
    const { driver } = browser;
    await driver.switchTo().window(handle);
    const found: unknown = await driver.sendAndGetDevToolsCommand('Browser.getWindowForTarget', {});
    const windowId: unknown = Reflect.get(Object(found), 'windowId');
    await driver.sendDevToolsCommand('Browser.setWindowBounds', { windowId, bounds: { windowState } });
    const isHidden = (): Promise<boolean> => driver.executeScript('return document.hidden');
    await until(`it is ${windowState}`, async () => (await isHidden()) === (windowState === 'minimized'));
  }

  const hide = (handle: string) => turn(handle, 'minimized');
  const show = (handle: string) => turn(handle, 'normal');

  it.each([
    ['in tabs', 'tab', false],
    ['in windows', 'window', false],
    ['in windows of which one is seen', 'window', true],
  ] as const)(
    'all load and continue, %s, and so does the form',
    async (_where, place, isHiding) => {
      const running = await Promise.all(
        Array.from({ length: MANY }, (_, index) => jobs.running({ query: `job ${index}`, kept: 2 })),
      );
      const pages: string[] = [];
      for (const job of running) {
        const page = await openIn(place, urlOf(job));
        pages.push(page);
        if (isHiding) await hide(page);
      }
      await openIn(place, web.url);
      await textIs('button[type=submit]', 'Start now');
      for (const job of running) await jobs.keep(job, 4);
      for (const [index, page] of pages.entries()) {
        await show(page);
        await textIs('h1', `job ${index}`);
        await textIs('#kept', '4');
        expect(await isSamePage()).toBe(true);
        if (isHiding) await hide(page);
      }
    },
    300_000,
  );

  it('shows changes while it was hidden, without reloading', async () => {
    const job = await jobs.running({ kept: 2 });
    const page = await openIn('window', urlOf(job));
    await hide(page);
    await jobs.keep(job, 5);
    await show(page);
    await textIs('#kept', '5');
    const images = await browser.driver.findElements({ css: '#thumbs img' });
    const sources = await Promise.all(images.map((image) => image.getAttribute('src')));
    expect([sources.length, new Set(sources).size]).toEqual([5, 5]);
    expect(await isSamePage()).toBe(true);
  });

  it('shows that the job ended while it was hidden, or was deleted', async () => {
    const [ended, deleted] = [await jobs.running(), await jobs.running()];
    const pages = [await openIn('window', urlOf(ended)), await openIn('window', urlOf(deleted))] as const;
    for (const page of pages) await hide(page);
    await jobs.finish(ended, Buffer.from('zip'), 5);
    await web.store.delete(deleted.id);
    await show(pages[0]);
    await textIs('.badge', 'Ready');
    await show(pages[1]);
    await textIs('h1', 'Deleted. Nothing of this job is left.');
    expect(await isSamePage()).toBe(true);
  });

  it('holds no connection while it is hidden', async () => {
    const job = await jobs.running();
    const page = await openIn('window', urlOf(job));
    await until('it is followed', () => isFollowed(job));
    await hide(page);
    await until('it is not followed', () => streamsOf(job, open).length === 0);
    await show(page);
    await until('it is followed again', () => isFollowed(job));
    expect(streamsOf(job, open)).toHaveLength(1);
  });

  it('holds none if pages cannot count each other, and continues anyway', async () => {
    const job = await jobs.running({ kept: 2 });
    await browser.driver.switchTo().newWindow('window');
    // As in pages loaded by http:// from another machine.
    const source = 'delete Navigator.prototype.locks';
    await browser.driver.sendDevToolsCommand('Page.addScriptToEvaluateOnNewDocument', { source });
    await browser.open(urlOf(job));
    await jobs.keep(job, 4);
    await textIs('#kept', '4');
    await jobs.finish(job, Buffer.from('zip'), 4);
    await textIs('.badge', 'Ready');
    expect(streamsOf(job, asked).filter((url) => !url.includes('brief'))).toEqual([]);
  });

  it('holds none for a job far ahead, and still shows that it was cancelled elsewhere', async () => {
    const job = await jobs.scheduled({ inMs: 30 * DAY_MS });
    const page = await openIn('window', urlOf(job));
    expect(await browser.textOf('.clock')).toMatch(/^(?:29|30) days/);
    await hide(page);
    await web.store.cancel(job.id, web.clock.now(), web.clock.now() + DAY_MS);
    await show(page);
    await textIs('.badge', 'Cancelled');
    expect(streamsOf(job, asked).filter((url) => !url.includes('brief'))).toEqual([]);
    expect(streamsOf(job, open)).toEqual([]);
  });

  it('counts down to the start, then follows the job', async () => {
    const job = await jobs.scheduled({ inMs: 125_000 });
    await openIn('window', urlOf(job));
    expect(await browser.textOf('.clock')).toMatch(/^2 minutes/);
    await until('it is followed', () => isFollowed(job));
    await web.store.begin(job.id, job.epoch, web.clock.now());
    await textIs('.badge', 'Running');
    expect(await isSamePage()).toBe(true);
  });
});
