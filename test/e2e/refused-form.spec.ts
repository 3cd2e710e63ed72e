import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { By } from 'selenium-webdriver';
import { ReaderBrowser } from '../support/web/reader-browser.js';
import { TestClock } from '../support/test-clock.js';
import { until } from '../support/until.js';
import { WebApp } from '../support/web/web-app.js';

const IN_A_MONTH = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

describe('a form that is refused, in a real browser', () => {
  let web: WebApp;
  let browser: ReaderBrowser;
  beforeEach(async () => {
    web = await WebApp.start({ RATE_PER_CLIENT: '1/1h' }, new TestClock(Date.now()));
    browser = await ReaderBrowser.start();
    await browser.become({});
  });
  afterEach(async () => {
    await browser?.stop();
    await web?.stop();
  });

  const hasForm = async () => (await browser.driver.findElements(By.id('job-form'))).length > 0;
  const send = async (query: string) => {
    await browser.fill('query', query);
    await browser.fill('email', 'ana@example.org');
    await browser.fill('timeZone', 'Asia/Tokyo');
    await browser.fill('date', IN_A_MONTH);
    await browser.fill('time', '04:05');
    await browser.driver.executeScript(`document.getElementById('engine-bing').checked = false;`);
    await browser.driver.executeScript('window.isOld = true');
    await (await browser.find('button[type=submit]')).click();
    await until('the answer', () =>
      browser.driver.executeScript<boolean>(
        `return window.isOld !== true && document.readyState === 'complete'`,
      ),
    );
  };
  const valueOf = async (name: string) => (await browser.find(`#${name}`)).getAttribute('value');

  it('keeps the typed values when its reader goes back, however often it was sent', async () => {
    await browser.open(web.url);
    await send('taken');
    expect(await hasForm()).toBe(false);
    await browser.open(web.url);
    let query = '';
    for (let sent = 0; await hasForm(); sent += 1) await send((query = `red panda ${sent}`));
    expect(query).toBe('red panda 5');
    expect(await browser.textOf('h1')).toBe('That is a lot of jobs for now.');
    expect(await browser.complaints()).toEqual([]);
    await browser.driver.navigate().back();
    await until('the form', hasForm);
    const names = ['query', 'email', 'timeZone', 'date', 'time'];
    const values = await Promise.all(names.map(valueOf));
    expect(values).toEqual([query, 'ana@example.org', 'Asia/Tokyo', IN_A_MONTH, '04:05']);
    const engines = await browser.driver.executeScript<string[]>(
      `return [...document.querySelectorAll('[name=engines]:checked')].map(({ value }) => value)`,
    );
    expect(engines).not.toContain('bing');
  });

  it('takes a list from a file, and keeps what was typed if a file cannot be read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'image-job-lists-'));
    // The browser may run as another user.
    await chmod(folder, 0o755);
    const choose = async (name: string, content: string | Buffer) => {
      await writeFile(join(folder, name), content);
      await (await browser.find('#queries-file')).sendKeys(join(folder, name));
    };
    const problem = () => browser.textOf('#queries-problem');
    try {
      await browser.open(web.url);
      await (await browser.find('#list summary')).click();
      await choose('list.csv', '"big, red fox",20,foxes\nowl,,');
      await until('the lines', async () => (await valueOf('queries')) !== '');
      expect(await valueOf('queries')).toBe('query,count,name\n"big, red fox",20,foxes\nowl,,');
      expect(await browser.textOf('#queries-sum')).toBe('2 searches, 70 images.');
      await choose('photo.txt', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0xff]));
      await until('the problem', async () => (await problem()).startsWith('This is not a text in UTF-8.'));
      await choose('nothing.txt', '\n');
      await until('the problem', async () => (await problem()).startsWith('This file is empty.'));
      await choose('large.txt', 'x'.repeat(30_001));
      await until('the problem', async () => (await problem()).startsWith('This file is too large'));
      expect(await valueOf('queries')).toContain('big, red fox');
      await choose('list.txt', 'fox | 400\nowl | 101');
      await until('the sum', async () => (await problem()).includes('ask for 501 images'));
      expect(await browser.complaints()).toEqual([]);
      await browser.fill('queries', 'fox\nbirds: owl | 3');
      await (await browser.find('button[type=submit]')).click();
      await until('the job', async () => !(await hasForm()));
      expect(await browser.textOf('h1')).toBe('“fox” and 1 more');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
