import type { FailureCode } from '../../../src/jobs/failure-codes.js';
import type { EngineReport } from '../../../src/jobs/job.js';
import type { Job } from '../../../src/jobs/job.js';
import { WebApp } from '../../support/web/web-app.js';
import { WebJobs } from '../../support/web/web-jobs.js';

describe('a job that failed because of the search engines', () => {
  let web: WebApp;
  let jobs: WebJobs;
  beforeEach(async () => {
    web = await WebApp.start();
    jobs = new WebJobs(web);
  });
  afterEach(() => web.stop());

  const pathOf = ({ id }: Job) => `/jobs/${web.tokens.publicId(id)}`;
  const pageOf = async (job: Job) => (await (await web.fetch(pathOf(job))).text()).replaceAll(/\s+/g, ' ');
  const jsonOf = async (job: Job) =>
    web.jobIn(await web.fetch(pathOf(job), { headers: { accept: 'application/json' } }));
  const later = (job: Job) => web.fetch(`${pathOf(job)}/retry-later`, { method: 'POST' });
  const jobAt = async (answer: Response) =>
    web.store.get(
      web.tokens.readPublicId((answer.headers.get('location') ?? '').replace('/jobs/', '')) ?? '',
    );

  /** A job whose two engines failed in the same way. @param inMs until they can be asked again */
  const bothEnded = (end: FailureCode, inMs: number | null): EngineReport[] =>
    (['google', 'bing'] as const).map((engine) => ({
      engine,
      found: 0,
      kept: 0,
      end,
      ...(inMs === null ? {} : { restsUntil: web.clock.now() + inMs }),
    }));

  it('says once what happened to all engines, and when they can be asked again in the asker’s zone', async () => {
    const page = await pageOf(await jobs.failedSearch(bothEnded('source.blocked', 900_000)));
    expect(page.match(/refused automatic requests/g)).toHaveLength(1);
    expect(page).toContain(
      'The search engines refused automatic requests from here for the time being (Google, Bing).',
    );
    expect(page).toMatch(
      /They can be asked again from <time[^>]*>Fri, 15 Jan 2027, 13:1\d<\/time> \(Europe\/Vienna\)\./,
    );
    expect(page).not.toContain('Try again in an hour');
    expect(page).not.toContain('could be delivered');
  });

  it('is scheduled once for that time by a button without scripts, however often it is pressed', async () => {
    const job = await jobs.failedSearch(bothEnded('source.blocked', 900_000));
    expect(await pageOf(job)).toMatch(
      /<form method="post" action="\/jobs\/[\w-]+\/retry-later"> <button class="button primary" type="submit">Ask again on Fri, 15 Jan 2027, 13:1\d<\/button>/,
    );
    const answers = [await later(job), await later(job)];
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(new Set(answers.map(({ headers }) => headers.get('location'))).size).toBe(1);
    const [next] = await Promise.all(answers.map(jobAt));
    const at = Math.ceil((web.clock.now() + 900_000) / 60_000) * 60_000;
    expect(next).toMatchObject({
      state: 'scheduled',
      request: { dueAt: at, startsNow: false, query: 'red panda' },
    });
  });

  it('starts at once if the button is pressed after that time', async () => {
    const job = await jobs.failedSearch(bothEnded('source.blocked', 900_000));
    web.clock.advance(1_800_000);
    expect(await pageOf(job)).not.toContain('retry-later');
    expect((await jobAt(await later(job)))?.request).toMatchObject({ startsNow: true });
  });

  it('returns the time and the address for asking again to programs', async () => {
    const job = await jobs.failedSearch(bothEnded('source.left_alone', 900_000));
    const { cause, links, engines } = await jsonOf(job);
    expect(cause).toMatchObject({
      code: 'source.left_alone',
      message: expect.stringMatching(
        /\. They can be asked again from Fri 15 January 2027, 13:1\d CET \(Europe\/Vienna\)\.$/,
      ),
      askAgainAt: expect.stringMatching(/^2027-01-15T12:1\d:00\.000Z$/),
    });
    expect(links.retryLater).toBe(`${links.self}/retry-later`);
    expect(engines[0]?.restsUntil).toMatch(/^2027-01-15T12:1\d/);
  });

  it.each([
    ['nothing rests', 'source.unreachable', null],
    ['that is farther ahead than a job may be', 'source.blocked', 400 * 86_400_000],
  ] as const)('has no such button where %s', async (_where, end, inMs) => {
    const job = await jobs.failedSearch(bothEnded(end, inMs));
    expect(await pageOf(job)).not.toContain('retry-later');
    expect((await jsonOf(job)).links).not.toHaveProperty('retryLater');
    expect((await later(job)).status).toBe(409);
  });

  it('lists the failure of each engine if they differ', async () => {
    const [google, bing] = bothEnded('source.blocked', null);
    const reports = [google, { ...bing, end: 'source.unreachable' }] as EngineReport[];
    const page = await pageOf(await jobs.failedSearch(reports));
    expect(page).toContain('None of the search engines gave any images.');
    expect(page.match(/refused automatic requests/g)).toHaveLength(1);
    expect(page.match(/could not be reached/g)).toHaveLength(2);
  });
});
