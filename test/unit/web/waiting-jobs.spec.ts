import type { Job } from '../../../src/jobs/job.js';
import { WebApp } from '../../support/web/web-app.js';
import { WebJobs } from '../../support/web/web-jobs.js';

const HOUR_MS = 3_600_000;
const JSON_WANTED = { headers: { accept: 'application/json' } };

describe('a job that waits for its time', () => {
  let web: WebApp;
  let jobs: WebJobs;
  beforeAll(async () => {
    web = await WebApp.start({ RATE_PER_CLIENT: '100/1h', RATE_BURST: '100/1m', RATE_PER_ADDRESS: '100/1h' });
    web.clock.stop();
    jobs = new WebJobs(web);
  });
  afterAll(() => web.stop());

  const pathOf = ({ id }: Pick<Job, 'id'>) => `/jobs/${web.tokens.publicId(id)}`;
  const post = (path: string, init: RequestInit = {}) => web.fetch(path, { method: 'POST', ...init });
  const textOf = async (path: string) => (await web.fetch(path)).text();
  const stateOf = async ({ id }: Pick<Job, 'id'>) => (await web.store.get(id))?.state;
  const jobAt = async (response: Response) => {
    const id = web.tokens.readPublicId((response.headers.get('location') ?? '').replace('/jobs/', ''));
    const job = id === null ? null : await web.store.get(id);
    if (job === null) throw new Error(`no job in the answer: ${response.status}`);
    return job;
  };
  /** The form on the page of a path, with all its hidden values. */
  const formOf = async (path: string, changes: Record<string, string>) => {
    const page = await textOf(path);
    const hidden = [...page.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)];
    const fields = hidden.map(([, name = '', value = '']) => [name, value]);
    return new URLSearchParams({ ...Object.fromEntries(fields), ...changes });
  };

  it('starts at once when its button is pressed, and says truthfully when', async () => {
    const job = await jobs.scheduled();
    expect(await textOf(pathOf(job))).toContain(`action="${pathOf(job)}/start"`);
    const answer = await post(`${pathOf(job)}/start`);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, pathOf(job)]);
    expect(web.queue.scheduled).toContain(job.id);
    const page = await textOf(pathOf(job));
    expect(page).toContain('; started before that');
    expect(page).toContain('Waiting for its turn');
    expect(page).not.toContain(`${pathOf(job)}/start`);
    await web.store.begin(job.id, 0, web.clock.now());
    expect(await textOf(pathOf(job))).not.toMatch(/ late,/);
  });

  it('starts at once for a program, and is refused in any other state', async () => {
    const job = await jobs.scheduled();
    const answer = await post(`${pathOf(job)}/start`, JSON_WANTED);
    expect((await web.jobIn(answer)).dueAt).toBe(new Date(web.clock.now()).toISOString());
    const running = await jobs.running();
    const refused = await post(`${pathOf(running)}/start`, JSON_WANTED);
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ code: 'job.not_possible_now' });
  });

  it('goes into a calendar with its time, zone and the link to share, and no other link', async () => {
    const job = await jobs.scheduled({ query: 'red, panda; x\r\nBEGIN:VALARM', inMs: 40 * 24 * HOUR_MS });
    const answer = await web.fetch(`${pathOf(job)}/start.ics`);
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toContain('attachment; filename="image-job.ics"');
    const entry = (await answer.text()).replaceAll('\r\n ', '');
    const local = new Date(job.dueAt).toLocaleString('sv', { timeZone: 'Europe/Vienna' });
    expect(entry).toContain(`DTSTART;TZID=Europe/Vienna:${local.replaceAll(/[-:]/g, '').replace(' ', 'T')}`);
    expect(entry).toMatch(/BEGIN:VTIMEZONE\r\nTZID:Europe\/Vienna\r\n/);
    expect(entry).toContain(`UID:${job.id}@image-job`);
    expect(entry).toMatch(/DTSTAMP:\d{8}T\d{6}Z\r\n/);
    expect(entry).toContain(`/d/${web.tokens.linkToken(job.id)}`);
    expect(entry).not.toContain(web.tokens.publicId(job.id));
    expect(entry).not.toContain('\nBEGIN:VALARM');
    expect(await (await web.fetch(`${pathOf(job)}/start.ics`)).text()).toBe(
      await (await web.fetch(`${pathOf(job)}/start.ics`)).text(),
    );
    expect((await web.fetch(`${pathOf(await jobs.running())}/start.ics`)).status).toBe(409);
  });

  it('is replaced by the changed form: the new job first, then the old one is cancelled', async () => {
    const chat = { channel: 'slack', address: 'T1/C1/U1' } as const;
    const mail = { channel: 'email', address: 'ana@example.org' } as const;
    const old = await jobs.scheduled({ recipients: [mail, chat] });
    const page = await textOf(`${pathOf(old)}/change`);
    expect(page).toContain('Sending this starts a new job and cancels the old one.');
    expect(page).toContain('value="red panda"');
    expect(page).toContain('value="ana@example.org"');
    const body = await formOf(`${pathOf(old)}/change`, { query: 'okapi', count: '7' });
    const fresh = await jobAt(await post('/jobs', { body }));
    expect(fresh).toMatchObject({ state: 'scheduled', request: { query: 'okapi', count: 7 } });
    expect(fresh.request.recipients).toEqual([chat]);
    expect(await stateOf(old)).toBe('cancelled');
    expect((await jobAt(await post('/jobs', { body }))).id).toBe(fresh.id);
  });

  it('stays if the changed form is refused, and the form goes on replacing it', async () => {
    const old = await jobs.scheduled();
    const body = await formOf(`${pathOf(old)}/change`, { query: 'okapi', count: '0' });
    const refused = await post('/jobs', { body });
    expect(refused.status).toBe(422);
    const page = await refused.text();
    expect(page).toContain(`name="replaces" value="${web.tokens.publicId(old.id)}"`);
    expect(page).toContain('Until then the old one stays as it is.');
    expect(await stateOf(old)).toBe('scheduled');
  });

  it('stays if the new one cannot be recorded', async () => {
    const old = await jobs.scheduled();
    const body = await formOf(`${pathOf(old)}/change`, { query: 'okapi', count: '5' });
    const submit = web.store.submit.bind(web.store);
    web.store.submit = () => Promise.reject(new Error('away'));
    expect((await post('/jobs', { body })).status).toBe(500);
    web.store.submit = submit;
    expect(await stateOf(old)).toBe('scheduled');
    await jobAt(await post('/jobs', { body }));
    expect(await stateOf(old)).toBe('cancelled');
  });

  it('cannot be changed once it runs, and a forged id replaces nothing', async () => {
    expect((await web.fetch(`${pathOf(await jobs.running())}/change`)).status).toBe(409);
    const job = await jobs.scheduled();
    const body = new URLSearchParams({ query: 'okapi', count: '5', replaces: job.id });
    await jobAt(await post('/jobs', { body }));
    expect(await stateOf(job)).toBe('scheduled');
  });

  it('that has ended meanwhile stays as it is when it is replaced', async () => {
    const old = await jobs.scheduled();
    const body = await formOf(`${pathOf(old)}/change`, { query: 'okapi', count: '5' });
    const begun = await web.store.begin(old.id, 0, web.clock.now());
    const ready = await jobs.finish(begun ?? old, Buffer.from('zip'), 5);
    await jobAt(await post('/jobs', { body }));
    expect(await stateOf(ready)).toBe('ready');
  });
});
