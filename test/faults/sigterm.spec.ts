import { casesOf } from '../support/service/fault-length.ts';
import { FaultWorld } from '../support/service/fault-world.ts';
import { processesIn } from '../support/service/processes.ts';
import {
  hasEnded,
  type JobFields,
  recordIdOf,
  submitJob,
  untilJob,
} from '../support/service/service-jobs.ts';
import { readRecords, type ServiceRecords } from '../support/service/service-records.ts';
import { until } from '../support/until.ts';

/** A service that takes too long to close exits with 1 by its deadline. */
const GOOD_EXIT = { code: 0, signal: null };

describe('a service that gets SIGTERM', () => {
  let world: FaultWorld;
  beforeAll(async () => {
    // Slow enough for each stage to last a moment.
    const web = { ceiling: 200, latencyMs: [60, 120], searchLatencyMs: [300, 400] } as const;
    world = await FaultWorld.open({ DOWNLOAD_CONCURRENCY: '4' }, web);
  }, 180_000);
  afterEach(async () => {
    world.mail.atStep = () => undefined;
    await world.cancelDeath();
    if (!world.service.isRunning) await world.service.startAgain();
  }, 180_000);
  afterAll(() => world.close());

  const inRecords = <T>(read: (records: ServiceRecords) => T): T => readRecords(world.service.dataDir, read);
  const record = (id: string) => inRecords((records) => records.job(recordIdOf(id)));
  const statuses = (id: string) =>
    inRecords((records) => records.notices(recordIdOf(id)).map(({ slot, status }) => [slot, status]));
  const slotsOf = ({ email }: JobFields) => world.mail.of(email).map(({ slot }) => slot);

  it.each([
    ['searches', 'search', 1, 12],
    ['downloads', 'image', 8, 40],
  ] as const)(
    'while it %s returns the job without spending an attempt, closes Chrome and exits with 0; a restart finishes the job',
    async (_doing, kind, nth, count) => {
      const { service, replica } = world;
      const from = replica.requests.length;
      const fields = world.newJob(count);
      const { id } = await submitJob(service, fields);
      const isThere = (): boolean =>
        replica.requests.slice(from).filter((request) => request.kind === kind).length >= nth;
      await until(`${nth} requests`, isThere, 60_000, 2);
      expect(await service.stop()).toEqual(GOOD_EXIT);
      expect(service.output).not.toContain('still open');
      expect(record(id)).toMatchObject({ state: 'scheduled', attempts: 0, epoch: 1 });
      expect(await processesIn(service.tempDir)).toEqual([]);

      await service.startAgain();
      expect(await untilJob(service, id, hasEnded)).toMatchObject({ state: 'ready', delivered: count });
      expect(record(id)).toMatchObject({ attempts: 1, epoch: 2 });
      await until('the end is told', () => slotsOf(fields).includes('end'));
      expect(slotsOf(fields)).toEqual(['start', 'end']);
    },
    180_000,
  );

  it('while it zips ends the job or returns it unspent, and exits with 0', async () => {
    const { service } = world;
    const fields = world.newJob(5);
    await world.dieAt({ place: 'zip', when: 'before', nth: 1 }, 'process', 'SIGTERM');
    const { id } = await submitJob(service, fields);
    expect(await service.ended).toEqual(GOOD_EXIT);
    const left = record(id);
    expect([left?.state, left?.attempts]).toEqual(left?.state === 'ready' ? ['ready', 1] : ['scheduled', 0]);
    expect(await processesIn(service.tempDir)).toEqual([]);

    await world.cancelDeath();
    await service.startAgain();
    expect(await untilJob(service, id, hasEnded)).toMatchObject({ state: 'ready', delivered: 5 });
    await until('the end is told', () => slotsOf(fields).includes('end'));
    expect(slotsOf(fields)).toEqual(['start', 'end']);
  }, 180_000);

  it.each(
    casesOf(
      [
        ['start', 1, 'before-reply'],
        ['start', 1, 'before-data'],
        ['end', 2, 'before-reply'],
      ] as const,
      1,
    ),
  )(
    'while it sends the %s mail (conversation %i, %s) delivers the mail once',
    async (slot, nth, wantedStep) => {
      const { service, mail } = world;
      const fields = world.newJob(4);
      let seen = 0;
      mail.atStep = async (step, to) => {
        if (to !== fields.email || step !== wantedStep || ++seen !== nth) return;
        service.signal('SIGTERM');
        // Delays the response: the conversation is still open when everything else has stopped.
        await new Promise((resolve) => setTimeout(resolve, 1500));
      };
      const { id } = await submitJob(service, fields);
      expect(await service.ended).toEqual(GOOD_EXIT);
      expect(statuses(id)).toContainEqual([slot, 'sent']);

      await service.startAgain();
      await untilJob(service, id, hasEnded);
      await until('the end is told', () =>
        statuses(id).some(([of, status]) => of === 'end' && status === 'sent'),
      );
      expect(slotsOf(fields)).toEqual(['start', 'end']);
    },
    180_000,
  );

  it('does not wait for a mail server that has stalled', async () => {
    const { service, mail } = world;
    const fields = world.newJob(4);
    const silent = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    mail.atStep = (_step, to) => {
      if (to !== fields.email) return undefined;
      reached.resolve();
      return silent.promise;
    };
    const { id } = await submitJob(service, fields);
    await reached.promise;
    expect(await service.stop()).toEqual(GOOD_EXIT);
    // The message was not transferred, so nothing is lost.
    expect(statuses(id)).toEqual([['start', 'pending']]);
    silent.resolve();
    mail.atStep = () => undefined;
    await service.startAgain();
    await until('the end is told', () => slotsOf(fields).includes('end'));
    expect(slotsOf(fields)).toEqual(['start', 'end']);
  }, 180_000);
});
