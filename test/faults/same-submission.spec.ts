import { FaultWorld } from '../support/service/fault-world.ts';
import { hasEnded, submitJob, untilJob } from '../support/service/service-jobs.ts';
import { readRecords } from '../support/service/service-records.ts';
import { until } from '../support/until.ts';

const TIMES = 50;

describe('the same submission, sent 50 times at once', () => {
  let world: FaultWorld;
  beforeAll(async () => {
    world = await FaultWorld.open();
  }, 180_000);
  afterAll(() => world.close());

  const jobsFor = (query: string): number =>
    readRecords(world.service.dataDir, (records) => records.countOf(query));

  it('creates one job through the API, by its Idempotency-Key', async () => {
    const { service, mail } = world;
    const fields = world.newJob(3);
    const key = { 'Idempotency-Key': 'one and the same' };
    const jobs = await Promise.all(Array.from({ length: TIMES }, () => submitJob(service, fields, key)));
    expect(new Set(jobs.map(({ id }) => id)).size).toBe(1);
    expect(jobsFor(fields.query)).toBe(1);
    await untilJob(service, jobs[0]?.id ?? '', hasEnded);
    await until('the end is told', () => mail.of(fields.email).some(({ slot }) => slot === 'end'));
    expect(mail.of(fields.email).map(({ slot }) => slot)).toEqual(['start', 'end']);
  }, 180_000);

  it('creates one job through the form, by its nonce', async () => {
    const { service } = world;
    const { query, count, email } = world.newJob(3);
    const form = await (await fetch(`${service.url}/`)).text();
    const nonce = /name="nonce"[^>]*value="([^"]+)"/.exec(form)?.[1] ?? '';
    expect(nonce).not.toBe('');
    const body = new URLSearchParams({ query, count: String(count), email, timeZone: 'UTC', nonce });
    const send = () => fetch(`${service.url}/jobs`, { method: 'POST', body, redirect: 'manual' });
    const answers = await Promise.all(Array.from({ length: TIMES }, send));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
    expect(new Set(answers.map(({ headers }) => headers.get('location'))).size).toBe(1);
    expect(jobsFor(query)).toBe(1);
  }, 180_000);
});
