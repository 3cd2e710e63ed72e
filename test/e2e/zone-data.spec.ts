import { ReaderBrowser } from '../support/web/reader-browser.js';
import { TestClock } from '../support/test-clock.js';
import { WebApp } from '../support/web/web-app.js';

const IN_A_MONTH = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

/** Makes the browser lack these zones and report `own` as its zone. */
const zoneData = (missing: readonly string[], own: string, added: Readonly<Record<string, string>>) => `
  const Whole = Intl.DateTimeFormat;
  const [missing, own, added] = ${JSON.stringify([missing, own, added])};
  Intl.DateTimeFormat = new Proxy(Whole, {
    construct(target, [locale, options = {}]) {
      const { timeZone } = options;
      if (missing.includes(timeZone)) throw new RangeError('Invalid time zone specified: ' + timeZone);
      const format = new Whole(locale, timeZone in added ? { ...options, timeZone: added[timeZone] } : options);
      const resolved = format.resolvedOptions();
      format.resolvedOptions = () => ({ ...resolved, timeZone: timeZone ?? own });
      return format;
    },
    apply: (target, self, [locale, options]) => new Intl.DateTimeFormat(locale, options),
  });
  delete Array.prototype.toSorted;
  addEventListener('error', ({ message }) => { (window.errors ??= []).push(message); });`;

describe('the form in a browser with other zone data than the server', () => {
  let web: WebApp;
  let browser: ReaderBrowser;
  beforeAll(async () => {
    web = await WebApp.start({}, new TestClock(Date.now()));
  });
  afterAll(() => web?.stop());
  beforeEach(async () => {
    browser = await ReaderBrowser.start();
    await browser.become({});
  });
  afterEach(() => browser?.stop());

  const openWith = async (...given: Parameters<typeof zoneData>) => {
    const source = zoneData(...given);
    await browser.driver.sendDevToolsCommand('Page.addScriptToEvaluateOnNewDocument', { source });
    await browser.open(web.url);
  };
  const zone = async () => (await browser.find('#timeZone')).getAttribute('value');
  const errors = () => browser.driver.executeScript('return window.errors ?? []');
  const fillTime = async () => {
    await browser.fill('date', IN_A_MONTH);
    await browser.fill('time', '09:00');
  };

  it.each([
    ['has it under an older name that the server takes', ['Europe/Kyiv'], 'Europe/Kiev', {}, 'Europe/Kiev'],
    ['lacks another zone', ['Europe/Kyiv'], 'Asia/Tokyo', {}, 'Asia/Tokyo'],
    ['is at sea', [], 'Etc/GMT+5', {}, 'Etc/GMT+5'],
    ['is in a zone that the server does not have', [], 'Mars/Phobos', { 'Mars/Phobos': 'UTC' }, ''],
    ['says a zone that it does not have itself', ['Asia/Tokyo'], 'Asia/Tokyo', {}, ''],
    ['says an offset', ['+02:00'], '+02:00', {}, ''],
  ] as const)('chooses the zone of a reader whose browser %s', async (_what, missing, own, added, chosen) => {
    await openWith(missing, own, added);
    expect(await zone()).toBe(chosen);
    await fillTime();
    expect(await browser.textOf('#when')).toMatch(chosen === '' ? /^Leave date/ : /^Starts in/);
    await browser.fill('count', '0');
    expect(await browser.textOf('#count-problem')).toContain('at least 1');
    expect(await errors()).toEqual([]);
  });

  it('sends a zone that only the server knows, and leaves the check of the time to it', async () => {
    await openWith(['Europe/Kyiv'], 'Asia/Tokyo', {});
    await browser.fill('query', 'red panda');
    await browser.fill('email', 'ana@example.org');
    await browser.fill('timeZone', 'Europe/Kyiv');
    await fillTime();
    const problems = ['date', 'time', 'timeZone'].map((name) => browser.textOf(`#${name}-problem`));
    expect(await Promise.all(problems)).toEqual(['', '', '']);
    expect(await errors()).toEqual([]);
    await (await browser.find('button[type=submit]')).click();
    expect(await browser.textOf('.lead')).toContain('09:00 (Europe/Kyiv)');
  });

  it('says that an impossible day does not exist', async () => {
    await browser.open(web.url);
    await browser.driver.executeScript(`document.getElementById('date').type = 'text'`);
    for (const date of ['2027-02-30', '2027-13-45']) {
      await browser.fill('date', date);
      await browser.fill('time', '09:00');
      expect(await browser.textOf('#date-problem')).toContain('year-month-day');
      expect(await browser.textOf('#time-problem')).toBe('');
    }
  });
});
