import { noticeMessage } from '../../../bots/notices/job-messages.js';
import { limitedReply, understoodReply } from '../../../bots/conversation/replies.js';
import { searchesIn, takeWordsOfList } from '../../../bots/conversation/listed-searches.js';
import { NO_PROGRESS } from '../../../src/jobs/job.js';
import { newJob } from '../../../src/jobs/job-steps.js';
import { sampleListJob } from '../../support/sample-lists.js';
import { sampleJob } from '../../support/sample-jobs.js';

const own = { job: newJob(sampleJob('asked', Date.UTC(2027, 4, 1))), page: 'https://pics.example/jobs/x' };
const NOTHING = { isFirstOfTwo: false, asksToConfirm: false, lacksMailServer: false };

describe('the confirmation of a request', () => {
  it('mentions that an e-mail address is asked first, if it is', () => {
    const said = (asides: typeof NOTHING) => JSON.stringify(understoodReply(own, asides).lines);
    expect(said({ ...NOTHING, asksToConfirm: true })).toContain('a first mail asks for it');
    expect(said(NOTHING)).not.toContain('first mail');
  });

  it('mentions that the first of two such times counts', () => {
    const { lines } = understoodReply(own, { ...NOTHING, isFirstOfTwo: true });
    expect(JSON.stringify(lines)).toContain('the first of the two is meant');
  });

  it('names the e-mail address, or says that no mail is sent', () => {
    const said = (lacksMailServer: boolean) =>
      JSON.stringify(understoodReply(own, { ...NOTHING, lacksMailServer }).lines);
    expect(said(false)).toContain('Also told by e-mail: ana@example.org');
    expect(said(true)).toContain('E-mail: ana@example.org. No mail server is set here, so no mail is sent.');
  });
});

describe('the messages about a job of several searches', () => {
  const job = sampleListJob();
  const said = (lines: readonly unknown[]) => JSON.stringify(lines);

  it('name the list, and how it was read', () => {
    const { lines } = understoodReply({ job, page: 'https://pics.example/jobs/x' }, NOTHING);
    expect(said(lines)).toContain('9 images of “red panda” and 2 more');
    expect(lines).toContainEqual(['red panda: 3, bears: 4, owl: 2']);
  });

  it('tell what was delivered of each search, and the reasons of all together', () => {
    const { lines } = noticeMessage('end', job, 'https://pics.example/d/x', 0);
    expect(lines[0]).toContainEqual({ bold: '4 of 9 images of “red panda” and 2 more' });
    expect(lines).toContainEqual(['red panda: 3, bears: 1 of 4, owl: 0 of 2']);
    expect(said(lines)).toContain('2 × the search had no more results, 1 × site did not answer in time');
  });
});

describe('the lines of a form', () => {
  it('are one search, or a list', () => {
    expect(searchesIn('fox')).toEqual({ query: 'fox' });
    expect(searchesIn('fox\n')).toEqual({ query: 'fox\n' });
    expect(searchesIn('\nfox\n\npandas: giant panda | 5\n')).toEqual({
      queries: 'fox\n\npandas: giant panda | 5',
    });
  });

  it('may hold filters as words, which count for all', () => {
    expect(takeWordsOfList('fox size:large\nbirds: owl | 5 color:red\n"C: x": koala')).toEqual({
      fields: { size: 'large', color: 'red' },
      rest: 'fox\nbirds: owl | 5\n"C: x": koala',
    });
  });
});

describe('the wording of a time to wait for', () => {
  const at = Date.UTC(2027, 4, 1, 9, 30, 20);
  const nextMinute = Date.UTC(2027, 4, 1, 9, 31);

  it('names the minute from which one more job is taken', () => {
    expect(limitedReply(3_480_000, at, 'Asia/Tokyo').lines).toEqual([
      [
        'That is a lot of jobs for now. Please try again in 58 minutes: ',
        { at: nextMinute, timeZone: 'Asia/Tokyo' },
        '.',
      ],
    ]);
  });

  it('says once why all engines failed, and when they can be asked again', () => {
    const end = { found: 0, kept: 0, end: 'source.blocked', restsUntil: at } as const;
    const engines = [
      { engine: 'google', ...end },
      { engine: 'bing', ...end },
    ] as const;
    const cause = { code: 'source.blocked', context: {} } as const;
    const job = { ...own.job, state: 'failed', cause, progress: { ...NO_PROGRESS, engines } } as const;
    const [, why, ...more] = noticeMessage('error', job, 'https://pics.example/d/x', at).lines;
    expect(why).toEqual([
      'The search engines refused automatic requests from here for the time being (Google, Bing). ',
      'They can be asked again from ',
      { at: nextMinute, timeZone: 'Europe/Vienna' },
      '.',
    ]);
    expect(more).toEqual([]);
  });
});
