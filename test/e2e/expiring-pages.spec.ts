import type { Job } from '../../src/jobs/job.js';
import { ReaderBrowser } from '../support/web/reader-browser.js';
import { TestClock } from '../support/test-clock.js';
import { until } from '../support/until.js';
import { WebApp } from '../support/web/web-app.js';
import { WebJobs } from '../support/web/web-jobs.js';

const SOON_MS = 8000;

describe('open pages of jobs that end, in a real browser', () => {
  let web: WebApp;
  let jobs: WebJobs;
  let browser: ReaderBrowser;
  beforeAll(async () => {
    web = await WebApp.start({}, new TestClock(Date.now()));
    jobs = new WebJobs(web);
  });
  beforeEach(async () => {
    browser = await ReaderBrowser.start();
    await browser.become({});
  });
  afterEach(() => browser?.stop());
  afterAll(() => web?.stop());

  const pageOf = ({ id }: Job) => `/jobs/${web.tokens.publicId(id)}`;
  const linkOf = ({ id }: Job) => `/d/${web.tokens.linkToken(id)}`;
  const textIs = (css: string, text: string) =>
    until(`${css} says ${text}`, async () => (await browser.textOf(css).catch(() => '')) === text);
  const isSamePage = () => browser.driver.executeScript('return window.isSamePage');
  const open = async (path: string) => {
    await browser.open(`${web.url}${path}`);
    await browser.driver.executeScript('window.isSamePage = true');
  };
  const endsSoon = async (job: Job) => web.store.expireAt(job.id, web.clock.now() + SOON_MS);
  /** Simulates a page that was hidden for a while. */
  const seenAgain = () =>
    browser.driver.executeScript(`document.dispatchEvent(new Event('visibilitychange'))`);

  it.each([
    ['of a ready job', () => jobs.ready(Buffer.from('zip')), pageOf],
    ['of a failed job', () => jobs.failed(), pageOf],
    ['of the link', () => jobs.ready(Buffer.from('zip')), linkOf],
  ])('say without reloading that the link has expired: the page %s', async (_what, make, pathOf) => {
    const job = await make();
    await endsSoon(job);
    await open(pathOf(job));
    expect(await browser.textOf('h1')).toBe('red panda');
    await textIs('h1', 'Link has expired');
    expect(await browser.driver.getTitle()).toBe('Link has expired · Image Job');
    expect(await isSamePage()).toBe(true);
  });

  it('say so at once when they become visible after their timers stood still', async () => {
    const job = await jobs.ready(Buffer.from('zip'));
    await endsSoon(job);
    const source = 'window.setInterval = () => 0';
    await browser.driver.sendDevToolsCommand('Page.addScriptToEvaluateOnNewDocument', { source });
    await open(pageOf(job));
    await until('the job is gone', async () => (await web.fetch(pageOf(job))).status === 410);
    expect(await browser.textOf('h1')).toBe('red panda');
    await seenAgain();
    await textIs('h1', 'Link has expired');
    expect(await isSamePage()).toBe(true);
  });

  it('stay if somebody has extended the job', async () => {
    const job = await jobs.ready(Buffer.from('zip'));
    await endsSoon(job);
    await open(pageOf(job));
    await web.store.extend(job.id, web.clock.now(), web.clock.now() + 86_400_000);
    await until('the new time', async () =>
      /^(?:1 day|23 hours)/.test(await browser.textOf('[data-expires]').catch(() => '')),
    );
    expect(await browser.textOf('.badge')).toBe('Ready');
    expect(await isSamePage()).toBe(true);
  });

  it.each([
    ['of a ready job', pageOf],
    ['of the link', linkOf],
  ])(
    'say that somebody else deleted the job when they become visible again: the page %s',
    async (_what, pathOf) => {
      const job = await jobs.ready(Buffer.from('zip'));
      await open(pathOf(job));
      await web.fetch(`${pageOf(job)}/delete`, { method: 'POST' });
      await seenAgain();
      await textIs('h1', 'Deleted. Nothing of this job is left.');
      expect(await isSamePage()).toBe(true);
    },
  );

  it('say so at once for a running job', async () => {
    const job = await jobs.running();
    await open(pageOf(job));
    await web.fetch(`${pageOf(job)}/delete`, { method: 'POST' });
    await textIs('h1', 'Deleted. Nothing of this job is left.');
    expect(await isSamePage()).toBe(true);
  });
});
