import type { Job } from '../../src/jobs/job.js';
import { NeverMailTokens } from '../../src/expiry/never-mail-tokens.js';
import { RetryLinks } from '../../src/expiry/retry-link.js';
import { ReaderBrowser } from '../support/web/reader-browser.js';
import { TestClock } from '../support/test-clock.js';
import { until } from '../support/until.js';
import { WebApp } from '../support/web/web-app.js';
import { WebJobs } from '../support/web/web-jobs.js';

const DAY_MS = 86_400_000;
const dayFromNow = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

/** Clock changes at two or three in the morning, by month: the last Sunday in Vienna, the first in Sydney. */
const CHANGES = {
  forward: { 'Europe/Vienna': 3, 'Australia/Sydney': 10 },
  back: { 'Europe/Vienna': 10, 'Australia/Sydney': 4 },
} as const;

/** Returns the next clock change in either place: the next one in a single place may be more than a year away. */
function nextChange(direction: keyof typeof CHANGES): { readonly timeZone: string; readonly date: string } {
  const thisYear = new Date().getUTCFullYear();
  const changes = Object.entries(CHANGES[direction]).flatMap(([timeZone, month]) =>
    [thisYear, thisYear + 1].map((year) => {
      // The last or first week of the month, which the Sunday ends.
      const lastDay = new Date(Date.UTC(year, month - 1, timeZone === 'Australia/Sydney' ? 7 : 31));
      const date = new Date(lastDay.getTime() - lastDay.getUTCDay() * DAY_MS).toISOString().slice(0, 10);
      return { timeZone, date };
    }),
  );
  const [next] = changes
    .filter(({ date }) => date > dayFromNow(1))
    .toSorted((one, other) => (one.date < other.date ? -1 : 1));
  if (next === undefined) throw new Error('clocks change no more');
  return next;
}

const NOTE_STAGES = `window.stages = []; const stage = () => document.querySelector('[aria-current=step]')?.dataset.stage;
  new MutationObserver(() => stages.push(stage())).observe(document.body, { subtree: true, attributes: true });`;

describe('the pages in a real browser', () => {
  let web: WebApp;
  let jobs: WebJobs;
  let browser: ReaderBrowser;
  beforeAll(async () => {
    web = await WebApp.start({}, new TestClock(Date.now()));
    jobs = new WebJobs(web);
    browser = await ReaderBrowser.start();
  });
  afterAll(async () => {
    await browser?.stop();
    await web?.stop();
  });
  beforeEach(() => browser.become({}));

  const pathOf = (job: Job) => `/jobs/${web.tokens.publicId(job.id)}`;
  const jobOnPage = async () => {
    const token = new URL(await browser.driver.getCurrentUrl()).pathname.replace('/jobs/', '');
    const job = await web.store.get(web.tokens.readPublicId(token) ?? '');
    if (job === null) throw new Error('This is not the page of a job.');
    return job;
  };
  const textIs = (css: string, text: string | RegExp) =>
    until(`${css} says ${text}`, async () => {
      const shown = await browser.textOf(css).catch(() => '');
      return typeof text === 'string' ? shown === text : text.test(shown);
    });

  const failedSearch = () => {
    const rest = { found: 0, kept: 0, end: 'source.blocked', restsUntil: web.clock.now() + 900_000 } as const;
    return jobs.failedSearch([
      { engine: 'google', ...rest },
      { engine: 'bing', ...rest },
    ]);
  };

  it('detect the reader’s time zone and say when a job would start', async () => {
    await browser.become({ timeZone: 'Asia/Tokyo' });
    await browser.open(web.url);
    expect(await (await browser.find('#timeZone')).getAttribute('value')).toBe('Asia/Tokyo');
    await browser.fill('date', dayFromNow(40));
    await browser.fill('time', '09:00');
    expect(await browser.textOf('#when')).toMatch(/^Starts in (39|40) days: .* at 09:00 in Tokyo\.$/);
    expect(await browser.textOf('button[type=submit]')).toBe('Schedule');
  });

  it.each([
    ['forward', '02:31', '#time-problem', /02:31 does not exist on that day\. Choose 03:00/],
    ['back', '02:30', '#when', /the first of two such times that night/],
  ] as const)('knows when clocks go %s', async (direction, time, css, words) => {
    const { timeZone, date } = nextChange(direction);
    await browser.become({ timeZone });
    await browser.open(web.url);
    await browser.fill('date', date);
    await browser.fill('time', time);
    expect(await browser.textOf(css)).toMatch(words);
  });

  it.each([
    ['query', '', /Type what the pictures should show/],
    ['count', '501', /at most 500/],
    ['count', '0', /at least 1/],
    ['email', 'ana@example.org, bob@example.org', /exactly one/],
    ['email', 'ana@example', /part after the @/],
    ['date', '2020-01-01', /This date is over in Vienna/],
  ])('show in place what is wrong with %s %j, and remove it once corrected', async (name, wrong, words) => {
    const right = { query: 'panda', count: '5', email: 'a@example.org', date: dayFromNow(3) }[name] ?? '';
    await browser.open(web.url);
    await browser.fill(name, 'x');
    await browser.fill(name, wrong);
    expect(await browser.textOf(`#${name}-problem`)).toMatch(words);
    expect(await (await browser.find(`#${name}`)).getAttribute('aria-invalid')).toBe('true');
    await browser.fill(name, right);
    expect(await browser.textOf(`#${name}-problem`)).toBe('');
  });

  it('do not send a form with problems, and focus the first one', async () => {
    await browser.open(web.url);
    await browser.fill('date', '2020-01-01');
    await (await browser.find('button[type=submit]')).click();
    expect(await browser.driver.getCurrentUrl()).toBe(`${web.url}/`);
    expect(await (await browser.driver.switchTo().activeElement()).getAttribute('id')).toBe('query');
    expect(await browser.textOf('#email-problem')).toBe('');
    expect(await browser.textOf('#time-problem')).toBe('');
  });

  it('show the server’s summary of problems first', async () => {
    await browser.open(web.url);
    await browser.fill('count', '900');
    await browser.driver.executeScript(
      `HTMLFormElement.prototype.submit.call(document.getElementById('job-form'))`,
    );
    await textIs('#problems h2', '2 things need your attention');
    await until('the summary has the focus', () =>
      browser.driver.executeScript<boolean>(`return document.activeElement?.id === 'problems'`),
    );
    expect(await (await browser.find('#count')).getAttribute('value')).toBe('900');
    expect(await browser.complaints()).toEqual([]);
  });

  it('lead from the form to a page that follows the job to its end without reloading', async () => {
    await browser.open(web.url);
    await browser.fill('query', 'red panda');
    await browser.fill('count', '6');
    await browser.fill('email', 'ana@example.org');
    await (await browser.find('button[type=submit]')).click();
    await textIs('h1', 'red panda');
    await browser.driver.executeScript('window.isSamePage = true');
    const job = await jobOnPage();
    const begun = await web.store.begin(job.id, job.epoch, web.clock.now());
    await textIs('.badge', 'Running');
    expect(begun).not.toBeNull();
    if (begun === null) return;
    await jobs.keep(begun, 2);
    await textIs('#kept', '2');
    await jobs.keep(begun, 5);
    await textIs('#kept', '5');
    await textIs('#rejected summary', '6 not kept, and why');
    await textIs('#counts', '5 kept, 6 left out, 34 not tried yet');
    await textIs('[data-engine=google]', 'Google: 5 kept, 6 left out, 34 not tried yet');
    await (await browser.find('#rejected summary')).click();
    expect((await browser.textOf('#rejected ul')).split('\n')).toHaveLength(6);
    await until('five pictures are seen', () =>
      browser.driver.executeScript<boolean>(
        `const seen = [...document.querySelectorAll('#thumbs img')]; return seen.length === 5 && seen.every((one) => one.naturalWidth > 0)`,
      ),
    );
    await browser.driver.executeScript(NOTE_STAGES);
    await jobs.finish(begun, Buffer.from('zip'), 5);
    await textIs('.badge', 'Ready');
    expect(await browser.driver.executeScript('return window.stages')).not.toContain('searching');
    expect(await browser.textOf('#announcer')).toBe('The job is ready.');
    await textIs('#rejected summary', '6 not kept, and why');
    expect(await (await browser.find('a[download]')).getAttribute('href')).toMatch(
      /\/d\/[\w-]{32}\/red-panda\.zip$/,
    );
    expect(await browser.driver.executeScript('return window.isSamePage')).toBe(true);
  });

  it.each([
    ['with scripts', false],
    ['without scripts', true],
  ])('schedule a failed job for the time when engines can be asked again, %s', async (_how, isOff) => {
    await browser.driver.sendDevToolsCommand('Emulation.setScriptExecutionDisabled', { value: isOff });
    await browser.open(`${web.url}${pathOf(await failedSearch())}`);
    await (await browser.find('[action$="/retry-later"] button')).click();
    await textIs('.badge', 'Scheduled');
    await browser.driver.sendDevToolsCommand('Emulation.setScriptExecutionDisabled', { value: false });
    expect((await jobOnPage()).request).toMatchObject({ query: 'red panda', startsNow: false });
  });

  it('cancel a job by its button after confirmation', async () => {
    await browser.open(`${web.url}${pathOf(await jobs.scheduled())}`);
    await (await browser.find('details:has([action$="/cancel"]) summary')).click();
    await (await browser.find('[action$="/cancel"] button')).click();
    await textIs('.badge', 'Cancelled');
    expect((await jobOnPage()).state).toBe('cancelled');
  });

  it('delete a job by its button and say so, and later visitors see that its link has expired', async () => {
    const page = `${web.url}${pathOf(await jobs.ready(Buffer.from('zip')))}`;
    await browser.open(page);
    await (await browser.find('details:has([action$="/delete"]) summary')).click();
    await (await browser.find('[action$="/delete"] button')).click();
    await textIs('h1', 'Deleted. Nothing of this job is left.');
    expect(await browser.complaints()).toEqual([]);
    await browser.open(page);
    await textIs('h1', 'Link has expired');
  });

  describe.each([
    ['light', 1280],
    ['dark', 390],
    ['light', 390],
    ['dark', 1280],
  ] as const)('in %s colours, %d pixels wide', (scheme, width) => {
    const pages: readonly (readonly [string, () => Promise<string>])[] = [
      ['the form', async () => '/'],
      [
        'the filled-in form',
        async () => `/again/${web.app.get(RetryLinks).make((await jobs.scheduled()).request)}`,
      ],
      ['a scheduled job', async () => pathOf(await jobs.scheduled())],
      ['its change', async () => `${pathOf(await jobs.scheduled())}/change`],
      ['my jobs', async () => '/mine'],
      ['a running job', async () => pathOf(await jobs.running())],
      ['a ready job', async () => pathOf(await jobs.ready(Buffer.from('zip')))],
      ['a failed job', async () => pathOf(await jobs.failed())],
      ['a job that the engines made fail', async () => pathOf(await failedSearch())],
      ['the link', async () => `/d/${web.tokens.linkToken((await jobs.ready(Buffer.from('zip'))).id)}`],
      ['an unknown address', async () => '/nowhere'],
      [
        'the question about mail',
        async () => `/never-mail/${web.app.get(NeverMailTokens).make('a@example.org')}`,
      ],
      ['the deleted job', async () => '/deleted'],
      ['the mails', async () => '/mail'],
      ['the API', async () => '/api/docs'],
    ];

    it.each(pages)('%s is accessible, fits the window, and loads only allowed files', async (_name, path) => {
      await browser.become({ scheme, width });
      await browser.refusals();
      await browser.open(`${web.url}${await path()}`);
      expect(await browser.complaints()).toEqual([]);
      expect(await browser.refusals()).toEqual([]);
    });
  });
});
