import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FaultWorld } from '../support/service/fault-world.ts';
import {
  hasEnded,
  type JobFields,
  recordIdOf,
  submitJob,
  untilJob,
} from '../support/service/service-jobs.ts';
import { readRecords } from '../support/service/service-records.ts';
import { until } from '../support/until.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Long enough for every check of the clock to run more than once. */
const SEVERAL_LOOKS_MS = 7000;

describe('a correction of the wall clock', () => {
  let world: FaultWorld;
  let shiftFile: string;
  beforeAll(async () => {
    world = await FaultWorld.open({}, {}, { preloads: ['shifted-clock.mjs'] });
    shiftFile = join(world.service.tempDir, 'shift');
    await world.service.stop();
    world.service.settings = { ...world.service.settings, CLOCK_SHIFT_FILE: shiftFile };
    await world.service.startAgain();
  }, 180_000);
  afterEach(() => rm(shiftFile, { force: true }));
  afterAll(() => world.close());

  const shiftBy = (ms: number) => writeFile(shiftFile, String(ms));
  const record = (id: string) => readRecords(world.service.dataDir, (records) => records.job(recordIdOf(id)));
  const slotsOf = ({ email }: JobFields) => world.mail.of(email).map(({ slot }) => slot);
  const aLittleLater = () => new Promise((resolve) => setTimeout(resolve, SEVERAL_LOOKS_MS));

  /** A job due after this time by the real clock, in whole minutes. */
  function jobIn(ms: number): JobFields {
    const due = new Date(Date.now() + ms).toISOString();
    return { ...world.newJob(3), date: due.slice(0, 10), time: due.slice(11, 16), timeZone: 'UTC' };
  }

  const endIsTold = (fields: JobFields) => until('the end is told', () => slotsOf(fields).includes('end'));

  it('by an hour forwards starts due jobs once, and back again repeats nothing', async () => {
    const { service } = world;
    const fields = jobIn(30 * MINUTE_MS);
    const { id } = await submitJob(service, fields);
    expect(record(id)).toMatchObject({ state: 'scheduled', epoch: 0 });
    await shiftBy(HOUR_MS);
    await untilJob(service, id, hasEnded);
    await endIsTold(fields);
    await shiftBy(0);
    await aLittleLater();
    await shiftBy(-HOUR_MS);
    await aLittleLater();
    expect(record(id)).toMatchObject({ state: 'ready', epoch: 1, attempts: 1 });
    expect(slotsOf(fields)).toEqual(['start', 'end']);
  }, 180_000);

  it('by an hour backwards while a job runs lets the job end once', async () => {
    const { service, replica } = world;
    const from = replica.requests.length;
    const fields = world.newJob(12);
    const { id } = await submitJob(service, fields);
    const isSearching = (): boolean => replica.requests.slice(from).some(({ kind }) => kind === 'search');
    await until('the search begins', isSearching, 60_000, 2);
    await shiftBy(-HOUR_MS);
    expect(await untilJob(service, id, hasEnded)).toMatchObject({ state: 'ready', delivered: 12 });
    await endIsTold(fields);
    expect(record(id)).toMatchObject({ epoch: 1, attempts: 1 });
    expect(slotsOf(fields)).toEqual(['start', 'end']);
  }, 180_000);

  it('after 24 h of downtime: overdue jobs run once, in due order, and are reported as late', async () => {
    const { service, mail } = world;
    const all = [jobIn(20 * MINUTE_MS), jobIn(10 * MINUTE_MS), jobIn(30 * MINUTE_MS)];
    const ids = [];
    for (const fields of all) ids.push((await submitJob(service, fields)).id);
    await service.stop();
    await shiftBy(DAY_MS);
    await service.startAgain();
    for (const id of ids) expect(await untilJob(service, id, hasEnded)).toMatchObject({ state: 'ready' });
    for (const fields of all) await endIsTold(fields);
    await aLittleLater();
    for (const [index, id] of ids.entries()) {
      const fields = all[index];
      if (fields === undefined) throw new Error('there is a job for each id');
      expect(record(id)).toMatchObject({ epoch: 1, attempts: 1 });
      expect(slotsOf(fields)).toEqual(['start', 'end']);
      expect(mail.of(fields.email)[0]?.text).toMatch(/\b(?:1 day|2[34] h(?:ours)?)\b[^.]*later/);
      const page = await (await fetch(`${service.url}/jobs/${id}`)).text();
      expect(/started [^.<]* late/.exec(page)).not.toBeNull();
    }
    const begun = ids.map((id) => record(id)?.startedAt ?? 0);
    expect(begun[1]).toBeLessThanOrEqual(begun[0] ?? 0);
    expect(begun[0]).toBeLessThanOrEqual(begun[2] ?? 0);
  }, 180_000);
});
