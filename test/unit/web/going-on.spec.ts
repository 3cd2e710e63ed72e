import type { Job } from '../../../src/jobs/job.js';
import { WebApp } from '../../support/web/web-app.js';
import { WebJobs } from '../../support/web/web-jobs.js';

const JSON_WANTED = { accept: 'application/json' };

describe('the buttons of a ready job for more images', () => {
  let web: WebApp;
  let jobs: WebJobs;
  beforeAll(async () => {
    web = await WebApp.start({ RATE_BURST: '4/1h', RATE_PER_CLIENT: '4/1h', TRUST_PROXY: 'true' });
    jobs = new WebJobs(web);
  });
  afterAll(() => web.stop());

  const pathOf = ({ id }: Pick<Job, 'id'>) => `/jobs/${web.tokens.publicId(id)}`;
  let clients = 0;
  /** Each test has its own client, so that no limit is reached by accident. */
  const newClient = () => ({ 'x-forwarded-for': `192.0.2.${(clients += 1)}` });
  const press = (job: Job, action: string, headers: Record<string, string> = newClient()) =>
    web.fetch(`${pathOf(job)}/${action}`, { method: 'POST', headers });
  const jobAt = async (response: Response) => {
    const id = web.tokens.readPublicId((response.headers.get('location') ?? '').replace('/jobs/', ''));
    return id === null ? null : web.store.get(id);
  };
  const pageOf = async (job: Job) => (await web.fetch(pathOf(job))).text();

  it('offer the missing and the next ones, and lead to the page of the new job', async () => {
    const job = await jobs.ready(Buffer.from('zip'), { kept: 5 });
    const page = await pageOf(job);
    expect(page).toContain('Only the missing 7');
    expect(page).toContain('The next 12');
    const missing = await jobAt(await press(job, 'missing'));
    expect(missing).toMatchObject({ state: 'scheduled', request: { count: 7, startsNow: true } });
    const next = await jobAt(await press(job, 'next'));
    expect(next?.request.count).toBe(12);
    const images = await web.store.images(next?.id ?? '');
    expect(images.map(({ outcome }) => outcome.status)).toEqual(Array.from({ length: 5 }, () => 'excluded'));
  });

  it('lead to the same new job when they are pressed twice, and count once', async () => {
    const job = await jobs.ready(Buffer.from('zip'), { kept: 5 });
    const client = newClient();
    const answers = await Promise.all(Array.from({ length: 6 }, () => press(job, 'next', client)));
    expect(new Set(answers.map((answer) => answer.headers.get('location'))).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 303));
  });

  it('are counted for the limits', async () => {
    const client = newClient();
    const all = await Promise.all(Array.from({ length: 5 }, () => jobs.ready(Buffer.from('zip'))));
    const statuses = [];
    for (const job of all) statuses.push((await press(job, 'next', client)).status);
    expect(statuses).toEqual([303, 303, 303, 303, 429]);
  });

  it('are links in JSON where they work, and are refused where they do not', async () => {
    const whole = await jobs.ready(Buffer.from('zip'), { kept: 12 });
    const headers = { ...JSON_WANTED, ...newClient() };
    const shown = await web.jobIn(await web.fetch(pathOf(whole), { headers }));
    expect(Object.keys(shown.links)).toEqual(['self', 'cancel', 'retry', 'next']);
    expect(await pageOf(whole)).not.toContain('Only the missing');
    const refused = await press(whole, 'missing', headers);
    expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'job.not_possible_now' }]);
    for (const job of [await jobs.running(), await jobs.scheduled(), await jobs.failed()])
      expect((await press(job, 'next', { ...JSON_WANTED, ...newClient() })).status).toBe(409);
    const fewer = await jobs.ready(Buffer.from('zip'), { kept: 5 });
    const { links } = await web.jobIn(await web.fetch(pathOf(fewer), { headers }));
    const answer = await web.jobIn(await press(fewer, links.missing?.split('/').at(-1) ?? '', headers));
    expect(answer).toMatchObject({ state: 'scheduled', count: 7 });
  });

  it('show nothing of the delivered images on the page of the new job', async () => {
    const job = await jobs.ready(Buffer.from('zip'), { kept: 5 });
    const next = await jobAt(await press(job, 'next'));
    const begun = await web.store.begin(next?.id ?? '', 0, web.clock.now());
    if (begun === null) throw new Error('it has not begun');
    expect(await pageOf(begun)).not.toContain('/thumbs/');
  });
});
