import { type Job, NO_PROGRESS } from '../../../src/jobs/job.js';
import { mailText } from '../../../src/notifications/mail/mail-text.js';
import { writeMail } from '../../../src/notifications/mail/write-mail.js';
import { RetryLinks } from '../../../src/expiry/retry-link.js';
import { sampleListJob } from '../../support/sample-lists.js';
import { TestClock } from '../../support/test-clock.js';
import { DUE, failedJob, HOUR_MS, linksOf, noticeOf, readyJob, runningJob, SECRETS } from './samples.js';

const start = (job = runningJob()) => writeMail(noticeOf(job, 'start'), job, linksOf());
const end = (job = readyJob()) => writeMail(noticeOf(job, 'end'), job, linksOf());
const error = (job = failedJob()) => writeMail(noticeOf(job, 'error'), job, linksOf());

describe('the start mail', () => {
  it('says what was asked, when in the zone of the asker, and links the job page', () => {
    const mail = start(runningJob({ query: 'red panda', count: 50 }));
    expect(mail.subject).toBe('Collecting images of “red panda”');
    expect(mail.facts).toContainEqual(['Asked for', '50 images']);
    expect(mail.facts).toContainEqual(['Scheduled for', 'Tue 24 November 2026, 09:00 CET (Europe/Vienna)']);
    expect(mail.button.url).toMatch(/^https:\/\/images\.example\/jobs\/[\w-]{32}$/);
  });

  it('says nothing of lateness when the job began in time', () => {
    expect(start().paragraphs).toHaveLength(1);
  });

  it('says how late the job began', () => {
    const late = runningJob({}, { startedAt: DUE + 26 * HOUR_MS + 180_000 });
    expect(start(late).paragraphs[1]).toContain('1 day 2 hours later');
  });
});

describe('the mails of a job of several searches', () => {
  const list = (changes: Partial<Job> = {}) => {
    const { request, ...results } = sampleListJob(changes);
    return readyJob({ query: request.query, count: request.count, queries: request.queries ?? [] }, results);
  };

  it('name the first search and the number of the others, and list all with their numbers', () => {
    const mail = start(list({ state: 'running', stage: 'searching' }));
    expect(mail.subject).toBe('Collecting images of “red panda” and 2 more');
    expect(mail.facts).toContainEqual(['Searches', '“red panda” and 2 more']);
    expect(mail.lists).toEqual([{ title: 'By search', items: ['red panda: 3', 'bears: 4', 'owl: 2'] }]);
  });

  it('tell what was delivered of each, and why there are fewer in all', () => {
    const mail = end(list());
    expect(mail.subject).toBe('4 of 9 images of “red panda” and 2 more are ready');
    expect(mail.lists.slice(0, 2)).toEqual([
      {
        title: 'By search',
        items: [
          'red panda: 3',
          'bears: 1 of 4 (2 × the search had no more results, 1 × site did not answer in time)',
          'owl: 0 of 2',
        ],
      },
      {
        title: 'Why there are fewer',
        items: ['2 × the search had no more results', '1 × site did not answer in time'],
      },
    ]);
  });

  it('have a line for each search that failed', () => {
    const mail = error(
      list({ state: 'failed', delivered: 0, cause: { code: 'job.no_images', context: {} } }),
    );
    expect(mail.subject).toBe('No images of “red panda” and 2 more this time');
    expect(mail.lists[0]?.items).toEqual([
      'red panda: 0 of 3',
      'bears: 0 of 4 (2 × the search had no more results, 1 × site did not answer in time)',
      'owl: 0 of 2',
    ]);
  });
});

describe('the end mail', () => {
  it('says how many there are, how large the zip is and when the link expires, there and in UTC', () => {
    const mail = end(readyJob({ query: 'red panda', count: 50 }));
    expect(mail.subject).toBe('Your 50 images of “red panda” are ready');
    expect(mail.facts).toContainEqual(['Size', '48.3 MB']);
    expect(mail.facts).toContainEqual(['Link expires', 'Wed 25 November 2026, 09:05 CET (Europe/Vienna)']);
    expect(mail.facts).toContainEqual(['', '25 Nov 2026, 08:05 UTC']);
    expect(mail.lists).toEqual([]);
  });

  it('links the page to share, and the job page apart from it', () => {
    const mail = end();
    expect(mail.button.url).toContain('/d/');
    expect(mail.links[0]?.url).toContain('/jobs/');
  });

  it('says how many of how many, and why, if there are fewer', () => {
    const shortfall = [{ reason: 'exact_duplicate', count: 13 }] as const;
    const mail = end(readyJob({ query: 'red panda', count: 50 }, { delivered: 37, shortfall }));
    expect(mail.subject).toBe('37 of 50 images of “red panda” are ready');
    expect(mail.lists[0]?.items[0]).toMatch(/^13 × /);
  });

  it('names what happened at each search engine', () => {
    const engines = [
      { engine: 'google', found: 0, kept: 0, end: 'source.blocked' },
      { engine: 'bing', found: 60, kept: 50, leftOut: 4, end: null },
    ] as const;
    const progress = { ...NO_PROGRESS, found: 60, kept: 50, engines };
    const mail = end(readyJob({ count: 50 }, { progress }));
    expect(mail.lists).toEqual([
      {
        title: 'Search engines',
        items: [expect.stringMatching(/^Google: .*refused/), 'Bing: 50 kept, 4 left out, 6 not needed'],
      },
    ]);
  });

  it('words one image in the singular', () => {
    const mail = end(readyJob({ count: 1 }));
    expect(mail.subject).toBe('Your 1 image of “red panda” is ready');
    expect(mail.paragraphs[0]).toMatch(/^1 image for .* is packed/);
  });
});

describe('the error mail', () => {
  it('says the cause and the next step in plain words, and links the form filled in', () => {
    const mail = error();
    expect(mail.paragraphs.join(' ')).toMatch(/refused automatic requests.*Try again in an hour/);
    expect(JSON.stringify(mail)).not.toContain('source.blocked');
    expect(mail.button.url).toContain('/again/');
  });

  it('says once that all engines refused, and from when they can be asked again, which is in the form too', () => {
    const refused = { found: 0, kept: 0, end: 'source.blocked', restsUntil: DUE + 930_000 } as const;
    const engines = [
      { engine: 'google', ...refused },
      { engine: 'bing', ...refused },
    ] as const;
    const shortfall = [{ reason: 'source.blocked', count: 3 }] as const;
    const mail = error(failedJob({}, { shortfall, progress: { ...NO_PROGRESS, engines } }));
    expect(mail.paragraphs).toEqual([
      'The search engines refused automatic requests from here for the time being (Google, Bing).',
      'They can be asked again from Tue 24 November 2026, 09:16 CET (Europe/Vienna).',
    ]);
    expect(mail.lists).toEqual([]);
    const token = mail.button.url.slice(mail.button.url.lastIndexOf('/') + 1);
    expect(new RetryLinks(SECRETS, new TestClock(DUE)).open(token)).toMatchObject({
      dueAt: DUE + 960_000,
      startsNow: false,
    });
  });
});

describe('the mail that asks an address', () => {
  it('contains no text that a stranger could have chosen', () => {
    const job = runningJob({ query: 'BUY PILLS at evil.example', timeZone: 'Europe/Vienna' });
    const mail = writeMail(noticeOf(job, 'confirm'), job, linksOf());
    expect(JSON.stringify(mail)).not.toMatch(/pills|evil|vienna|ann@/i);
    expect(mail.button.url).toMatch(/^https:\/\/images\.example\/confirm-mail\/[\w-]+$/);
  });

  it('has a text that is whole without facts', () => {
    const job = runningJob();
    const text = mailText(writeMail(noticeOf(job, 'confirm'), job, linksOf()));
    expect(text).not.toMatch(/\n{3}|undefined|Query/);
    expect(text.replaceAll(/\s+/g, ' ')).toContain('If you have asked for nothing, do nothing.');
  });
});

describe('every mail', () => {
  it.each([
    ['confirm', writeMail(noticeOf(runningJob(), 'confirm'), runningJob(), linksOf())],
    ['start', start()],
    ['end', end()],
    ['error', error()],
  ])('(%s) has a link to never be mailed again', (_slot, mail) => {
    expect(mail.footer.never.url).toContain('/never-mail/');
  });

  it('shows a query in one line, shortened, and without marks that turn its direction', () => {
    const mail = start(runningJob({ query: `a\r\nBcc: eve@example.org\u202E${'x'.repeat(300)}` }));
    expect(mail.subject).toMatch(/^[^\r\n\u202E]{1,120}$/);
    expect(mail.subject).toContain('a Bcc: eve');
  });
});
