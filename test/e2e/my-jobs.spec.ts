import { writeFile } from 'node:fs/promises';
import { By, Key } from 'selenium-webdriver';
import type { Job } from '../../src/jobs/job.js';
import { ReaderBrowser } from '../support/web/reader-browser.js';
import { TestClock } from '../support/test-clock.js';
import { until } from '../support/until.js';
import { WebApp } from '../support/web/web-app.js';
import { WebJobs } from '../support/web/web-jobs.js';

const HOUR_MS = 3_600_000;

describe('my jobs, in a real browser', () => {
  let web: WebApp;
  let jobs: WebJobs;
  let browser: ReaderBrowser;
  beforeAll(async () => {
    web = await WebApp.start({ RATE_PER_CLIENT: '100/1h', RATE_BURST: '100/1m' }, new TestClock(Date.now()));
    jobs = new WebJobs(web);
    browser = await ReaderBrowser.start();
    await browser.become({});
  });
  afterAll(async () => {
    await browser?.stop();
    await web?.stop();
  });
  beforeEach(async () => {
    await browser.open(`${web.url}/mine`);
    await browser.driver.executeScript('localStorage.clear(); sessionStorage.clear();');
  });

  const pathOf = ({ id }: Job) => `/jobs/${web.tokens.publicId(id)}`;
  const press = async (css: string) => (await browser.find(css)).click();
  const headingIs = (text: string) =>
    until(`the page of ${text}`, async () => (await browser.textOf('h1').catch(() => '')) === text);
  const ask = async (query: string) => {
    await browser.open(web.url);
    await (await browser.find('#query')).sendKeys(query);
    await press('button[type=submit]');
    await headingIs(query);
  };
  const listed = async () => {
    await browser.open(`${web.url}/mine`);
    const links = await browser.driver.findElements(By.css('#mine a'));
    return Promise.all(links.map((link) => link.getText()));
  };
  const stateIs = (text: RegExp) =>
    until(`the state ${text}`, async () => text.test(await browser.textOf('#mine .state').catch(() => '')));

  it('list what was asked for from this browser, newest first, with its state', async () => {
    await ask('red panda');
    await ask('okapi');
    expect(await listed()).toEqual(['okapi', 'red panda']);
    await stateIs(/^Scheduled/);
    expect(await browser.textOf('#mine li')).toContain('50 images, asked for ');
    expect(await browser.complaints()).toEqual([]);
    if (process.env['SCREENSHOT'] !== undefined)
      await writeFile(process.env['SCREENSHOT'], await browser.driver.takeScreenshot(), 'base64');
  });

  it('list the job of a button, and not the one whose link somebody sent', async () => {
    const sent = await jobs.ready(Buffer.from('zip'), { query: 'sent by somebody' });
    await browser.open(`${web.url}${pathOf(sent)}`);
    expect(await listed()).toEqual([]);
    await browser.open(`${web.url}${pathOf(sent)}`);
    await press('form[action$="/next"] button');
    await until('another page', async () => !(await browser.driver.getCurrentUrl()).endsWith(pathOf(sent)));
    await headingIs('sent by somebody');
    expect(await listed()).toEqual(['sent by somebody']);
  });

  it('do not list what a link shows after a form that was refused', async () => {
    const sent = await jobs.scheduled({ query: 'sent by somebody' });
    await browser.open(web.url);
    await browser.fill('query', 'red panda');
    await browser.driver.executeScript(`sessionStorage.setItem('sent-a-job', String(Date.now()))`);
    await browser.open(`${web.url}${pathOf(sent)}`);
    expect(await listed()).toEqual([]);
  });

  it('forget one job by keyboard, then all, and say that none is listed', async () => {
    for (const query of ['one', 'two', 'three']) await ask(query);
    await listed();
    await (await browser.find('#mine li:nth-child(2) button')).sendKeys(Key.ENTER);
    const focused = await browser.driver.switchTo().activeElement();
    expect(await focused.getAttribute('aria-label')).toBe('Forget one');
    expect(await listed()).toEqual(['three', 'one']);
    await press('#forget-all');
    expect(await browser.textOf('#none')).toContain('No jobs are listed.');
    expect(await listed()).toEqual([]);
  });

  it('lose a job whose time is over, and one that was deleted', async () => {
    await ask('deleted soon');
    const id = web.tokens.readPublicId((await browser.driver.getCurrentUrl()).split('/').at(-1) ?? '');
    await web.store.delete(id ?? '');
    await browser.open(`${web.url}/mine`);
    await until('an empty list', async () => (await browser.textOf('#none')) !== '');
    const over = { path: `/jobs/${'x'.repeat(32)}`, what: 'over', count: 1, askedAt: 1, dueAt: 1 };
    const listOf = (expiresAt: number) => JSON.stringify([{ ...over, expiresAt }]);
    await browser.driver.executeScript(
      'localStorage.setItem("my-jobs", arguments[0])',
      listOf(Date.now() - HOUR_MS),
    );
    expect(await listed()).toEqual([]);
    expect(await browser.driver.executeScript('return localStorage.getItem("my-jobs")')).toBeNull();
  });

  it('break nothing where the browser stores nothing', async () => {
    const source = `for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError'); } });`;
    const answer = await browser.driver.sendAndGetDevToolsCommand('Page.addScriptToEvaluateOnNewDocument', {
      source,
    });
    await browser.refusals();
    await ask('red panda');
    expect(await listed()).toEqual([]);
    expect(await browser.textOf('#none')).toContain('No jobs are listed.');
    expect(await browser.refusals()).toEqual([]);
    await browser.driver.sendDevToolsCommand('Page.removeScriptToEvaluateOnNewDocument', {
      ...Object(answer),
    });
  });

  it('explain themselves without scripts', async () => {
    await browser.driver.sendDevToolsCommand('Emulation.setScriptExecutionDisabled', { value: true });
    await browser.open(`${web.url}/mine`);
    expect(await browser.textOf('noscript')).toContain('Keep the addresses of your job pages instead.');
    await browser.driver.sendDevToolsCommand('Emulation.setScriptExecutionDisabled', { value: false });
  });
});
