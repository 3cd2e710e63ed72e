import { By } from 'selenium-webdriver';
import { NeverMailTokens } from '../../src/expiry/never-mail-tokens.js';
import { ReaderBrowser } from '../support/web/reader-browser.js';
import { TestClock } from '../support/test-clock.js';
import { until } from '../support/until.js';
import { WebApp } from '../support/web/web-app.js';
import { WebJobs } from '../support/web/web-jobs.js';

describe('going back to the answer of a form, in a real browser', () => {
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

  const press = async (css: string) => (await browser.find(css)).click();
  const headingIs = (text: string) =>
    until(text, async () => (await browser.textOf('h1').catch(() => '')) === text);
  const goOnAndBack = async () => {
    await press('.foot a');
    await headingIs('API');
    await browser.driver.navigate().back();
  };
  const sendMistake = async () => {
    await browser.open(web.url);
    await (await browser.find('#query')).sendKeys('red panda');
    await (await browser.find('#email')).sendKeys('ana@example.org');
    await press('#more > summary');
    await (await browser.find('#exactSize')).sendKeys('huge');
    await press('button[type=submit]');
    await until(
      'the problems',
      async () => (await browser.driver.findElements(By.id('problems'))).length > 0,
    );
  };
  const valueOf = async (name: string) => (await browser.find(`#${name}`)).getAttribute('value');

  it.each([
    ['with scripts', false],
    ['without scripts', true],
  ])('shows the mistake and the typed values, %s, and accepts the corrected form', async (_how, isOff) => {
    await browser.driver.sendDevToolsCommand('Emulation.setScriptExecutionDisabled', { value: isOff });
    await sendMistake();
    await goOnAndBack();
    await headingIs('Collect images');
    expect(await browser.textOf('#problems')).toContain('Write width and height in pixels');
    const values = await Promise.all(['query', 'email', 'exactSize'].map(valueOf));
    expect(values).toEqual(['red panda', 'ana@example.org', 'huge']);
    expect(await browser.driver.getCurrentUrl()).toBe(`${web.url}/jobs`);
    await (await browser.find('#exactSize')).clear();
    await press('button[type=submit]');
    await headingIs('red panda');
  });

  it('shows the result of a button', async () => {
    await browser.open(`${web.url}/never-mail/${web.app.get(NeverMailTokens).make('ana@example.org')}`);
    await press('form button');
    await headingIs('You will get no more mail');
    await goOnAndBack();
    await headingIs('You will get no more mail');
    expect(await browser.driver.getTitle()).toMatch(/^You will get no more mail/);
  });

  it('shows why a button had no effect', async () => {
    const { id } = await new WebJobs(web).ready(Buffer.from('zip'));
    const path = `/jobs/${web.tokens.publicId(id)}`;
    await browser.open(`${web.url}${path}`);
    await web.fetch(`${path}/extend`, { method: 'POST' });
    await press('[action$="/extend"] button');
    await headingIs('That is not possible any more: the job has moved on.');
    await goOnAndBack();
    await headingIs('That is not possible any more: the job has moved on.');
    expect(await browser.driver.getCurrentUrl()).toBe(`${web.url}${path}/extend`);
  });
});
