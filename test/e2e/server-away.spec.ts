import type { Job } from '../../src/jobs/job.js';
import { FrontProxy, type ProxyMode } from '../support/network/front-proxy.js';
import { ReaderBrowser } from '../support/web/reader-browser.js';
import { TestClock } from '../support/test-clock.js';
import { until } from '../support/until.js';
import { WebApp } from '../support/web/web-app.js';
import { WebJobs } from '../support/web/web-jobs.js';

const AWAY = 'The server cannot be reached. This page goes on by itself when it is back.';

describe('the page of a running job whose server goes away, in a real browser', () => {
  let web: WebApp;
  let jobs: WebJobs;
  let proxy: FrontProxy;
  let browser: ReaderBrowser;
  let job: Job;
  beforeEach(async () => {
    web = await WebApp.start({}, new TestClock(Date.now()));
    jobs = new WebJobs(web);
    proxy = await FrontProxy.start(web.url);
    browser = await ReaderBrowser.start();
    await browser.become({});
    job = await jobs.running({ kept: 2 });
    await browser.open(`${proxy.url}/jobs/${web.tokens.publicId(job.id)}`);
    await browser.driver.executeScript('window.isSamePage = true');
    await textIs('#kept', '2');
  });
  afterEach(async () => {
    await browser?.stop();
    await proxy?.goAway();
    await web?.stop();
  });

  const textIs = (css: string, text: string) =>
    until(`${css} says ${text}`, async () => (await browser.textOf(css).catch(() => '')) === text);
  const isSamePage = () => browser.driver.executeScript('return window.isSamePage');

  const ways: readonly (readonly [string, () => Promise<void>])[] = [
    ['refuses connections', () => proxy.goAway()],
    ...([404, 502, 503] as const).map(
      (status: ProxyMode) =>
        [`is behind a proxy that answers ${status}`, async () => proxy.become(status)] as const,
    ),
  ];
  const comeBack = async () => {
    await proxy.goAway().catch(() => null);
    await proxy.comeBack();
  };

  it.each(ways)('says so if it %s, and recovers without reloading', async (_how, leave) => {
    expect(await browser.textOf('#away')).toBe('');
    await leave();
    await textIs('#away', AWAY);
    await jobs.keep(job, 5);
    await comeBack();
    await textIs('#kept', '5');
    await textIs('#away', '');
    expect(await browser.driver.findElements({ css: '#thumbs img' })).toHaveLength(5);
    await jobs.finish(job, Buffer.from('zip'), 5);
    await textIs('.badge', 'Ready');
    expect(await isSamePage()).toBe(true);
  });

  it.each(ways)('shows that the job ended meanwhile if it %s', async (_how, leave) => {
    await leave();
    await textIs('#away', AWAY);
    await jobs.finish(job, Buffer.from('zip'), 2);
    await comeBack();
    await textIs('.badge', 'Ready');
    expect(await browser.textOf('#away')).toBe('');
    expect(await isSamePage()).toBe(true);
  });

  it('shows that the job was deleted meanwhile', async () => {
    await proxy.goAway();
    await textIs('#away', AWAY);
    await web.store.delete(job.id);
    await comeBack();
    await textIs('h1', 'Deleted. Nothing of this job is left.');
    expect(await isSamePage()).toBe(true);
  });

  it('says so if connections stay open without any data', async () => {
    proxy.become('silent');
    await browser.driver.executeScript(
      `const now = Date.now; const atMs = now(); Date.now = () => now() + 60_000; return atMs`,
    );
    await textIs('#away', AWAY);
    await jobs.keep(job, 4);
    await comeBack();
    await textIs('#kept', '4');
    expect(await browser.textOf('#away')).toBe('');
  });
});
