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
});
