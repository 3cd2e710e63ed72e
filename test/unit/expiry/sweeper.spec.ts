import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { WorkFolder } from '../../../src/downloading/work-folder.js';
import type { JobFiles } from '../../../src/expiry/job-files.js';
import { SweepSchedule } from '../../../src/expiry/sweep-schedule.js';
import { Sweeper } from '../../../src/expiry/sweeper.js';
import type { Job, JobId, Outcome } from '../../../src/jobs/job.js';
import { MailFolder } from '../../../src/notifications/mail/mail-folder.js';
import { archiveName } from '../../../src/zipping/archive-store.port.js';
import { SqliteDatabase } from '../../../src/storage/sqlite/sqlite-database.js';
import { DiskArchiveStore } from '../../../src/zipping/disk.archive-store.js';
import { idOf, sampleJob } from '../../support/sample-jobs.js';
import { type TemporaryStorage, temporaryStorage } from '../../support/sqlite-storage.js';
import { TestClock } from '../../support/test-clock.js';

const DUE = Date.UTC(2027, 0, 15);
const DAY_MS = 86_400_000;
const NEVER = new AbortController().signal;

describe('the sweeper', () => {
  let storage: TemporaryStorage;
  let clock: TestClock;
  let archives: DiskArchiveStore;
  let work: WorkFolder;
  let mails: MailFolder;
  let places: JobFiles[];
  let sweeper: Sweeper;

  beforeEach(async () => {
    storage = await temporaryStorage();
    clock = new TestClock(DUE);
    archives = new DiskArchiveStore(join(storage.dataDir, 'archives'));
    work = new WorkFolder({ dataDir: storage.dataDir });
    mails = new MailFolder(join(storage.dataDir, 'mail'));
    places = [
      { what: 'archives', deleteAll: (id) => archives.deleteAll(id), jobs: () => archives.jobs() },
      { what: 'downloads', deleteAll: (id) => work.remove(id), jobs: () => work.jobs() },
      mails,
    ];
    sweeper = new Sweeper(storage.jobs, storage.keyed, clock, places);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await storage.remove();
  });

  const keepFiles = async (id: JobId) => {
    await archives.put(`${id}/1.zip`, Readable.from([Buffer.from('zip')]), NEVER);
    await archives.put(`${id}/thumbs/a.webp`, Readable.from([Buffer.from('webp')]), NEVER);
    await mkdir(join(storage.dataDir, 'work', id), { recursive: true });
    await writeFile(join(storage.dataDir, 'work', id, 'a.jpeg'), 'jpeg');
    await mails.keep({ jobId: id, slot: 'end', from: '', to: 'ana@example.org', bytes: Buffer.from('mail') });
  };
  /** Every file in DATA_DIR with the job's id in its name. */
  const filesOf = async (id: JobId) =>
    (await readdir(storage.dataDir, { recursive: true })).filter((name) => name.includes(id));
  const begun = async (name: string): Promise<Job> => {
    const given = sampleJob(name, DUE);
    await storage.jobs.submit(given);
    const job = await storage.jobs.begin(given.id, 0, clock.now());
    if (job === null) throw new Error('the job did not begin');
    await keepFiles(job.id);
    return job;
  };
  const end = async (job: Job, state: 'ready' | 'failed' | 'cancelled') => {
    const at = clock.now();
    const expiresAt = at + DAY_MS;
    if (state === 'cancelled') return storage.jobs.cancel(job.id, at, expiresAt);
    const common = { at, expiresAt, shortfall: [] };
    const archive = { name: archiveName(job.id, job.epoch), bytes: 3, sha256: '00' };
    const outcome: Outcome =
      state === 'ready'
        ? { ...common, state, delivered: 3, archive }
        : { ...common, state, cause: { code: 'source.blocked', context: {} } };
    return storage.jobs.finish(job.id, job.epoch, outcome);
  };

  it.each(['ready', 'failed', 'cancelled'] as const)(
    'deletes every file and record of a %s job when it expires, and not before',
    async (state) => {
      const job = await begun('swept');
      await end(job, state);
      clock.advance(DAY_MS - 60_000);
      expect(await sweeper.sweepExpired(NEVER)).toBe(0);
      expect(await storage.jobs.get(job.id)).toMatchObject({ state });
      expect((await filesOf(job.id)).length).toBeGreaterThan(0);

      clock.advance(120_000);
      expect(await sweeper.sweepExpired(NEVER)).toBe(1);
      expect(await storage.jobs.get(job.id)).toBeNull();
      expect(await storage.jobs.notices(job.id)).toEqual([]);
      expect(await filesOf(job.id)).toEqual([]);
    },
  );

  it('leaves a running job alone until it expires', async () => {
    const job = await begun('running');
    clock.advance(29 * DAY_MS);
    expect(await sweeper.sweepExpired(NEVER)).toBe(0);
    clock.advance(job.purgeAt - clock.now() + 1000);
    expect(await sweeper.sweepExpired(NEVER)).toBe(1);
    expect(await filesOf(job.id)).toEqual([]);
  });

  it('does not delete a job that was extended after it was listed', async () => {
    const job = await begun('extended');
    await end(job, 'ready');
    const expiresAt = clock.now() + DAY_MS;
    await storage.jobs.extend(job.id, clock.now(), expiresAt + DAY_MS);
    const expiring = async function* () {
      yield { jobId: job.id, at: expiresAt };
    };
    jest.spyOn(storage.jobs, 'expiring').mockImplementation(expiring);
    clock.advance(DAY_MS + 60_000);
    expect(await sweeper.sweepExpired(NEVER)).toBe(0);
    expect(await storage.jobs.get(job.id)).not.toBeNull();
  });

  it('deletes the record only after the files', async () => {
    const job = await begun('ordered');
    await end(job, 'ready');
    clock.advance(DAY_MS + 1000);
    jest.spyOn(Logger.prototype, 'error').mockImplementation(() => {});
    jest.spyOn(archives, 'deleteAll').mockRejectedValueOnce(new Error('disk away'));
    await sweeper.sweepExpired(NEVER);
    expect(await storage.jobs.get(job.id)).not.toBeNull();
    await sweeper.sweepExpired(NEVER);
    expect(await storage.jobs.get(job.id)).toBeNull();
    expect(await filesOf(job.id)).toEqual([]);
  });

  it('deletes files that only a run needed once the job has ended, and none of a running job', async () => {
    const cleaned: string[] = [];
    const place: JobFiles = {
      what: 'downloads',
      deleteAll: async (id) => void cleaned.push(`all of ${id}`),
      deleteLeftovers: async ({ id }) => void cleaned.push(id),
      jobs: async function* jobs() {
        yield* [idOf('ended'), idOf('running')];
      },
    };
    await end(await begun('ended'), 'ready');
    await begun('running');
    await new Sweeper(storage.jobs, storage.keyed, clock, [place]).sweepOrphans(NEVER);
    expect(cleaned).toEqual([idOf('ended')]);
  });

  it('deletes the others even if one job cannot be deleted', async () => {
    const jobs = [await begun('stuck'), await begun('free'), await begun('free too')];
    for (const job of jobs) await end(job, 'ready');
    clock.advance(DAY_MS + 1000);
    const logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => {});
    const deleteAll = archives.deleteAll.bind(archives);
    jest.spyOn(archives, 'deleteAll').mockImplementation(async (id) => {
      if (id === idOf('stuck')) throw new Error('disk away');
      return deleteAll(id);
    });
    expect(await sweeper.sweepExpired(NEVER)).toBe(2);
    expect(logged).toHaveBeenCalledTimes(1);
    expect(JSON.stringify(logged.mock.calls)).toContain(idOf('stuck'));
  });

  it('deletes many jobs in batches, with one wait for the disk per batch', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => idOf(`many ${index}`));
    for (let index = 0; index < ids.length; index += 1) {
      const given = sampleJob(`many ${index}`, DUE);
      await storage.jobs.submit(given);
      await storage.jobs.cancel(given.id, clock.now(), clock.now() + DAY_MS);
      await mails.keep({
        jobId: given.id,
        slot: 'end',
        from: '',
        to: 'ana@example.org',
        bytes: Buffer.from('mail'),
      });
    }
    clock.advance(DAY_MS + 1000);
    const transactions = jest.spyOn(SqliteDatabase.prototype, 'transaction');
    const compact = jest.spyOn(storage.jobs, 'compact');
    let open = 0;
    let mostOpen = 0;
    const slow: JobFiles = {
      what: 'slow files',
      deleteAll: async () => {
        open += 1;
        mostOpen = Math.max(mostOpen, open);
        await nextTurn();
        open -= 1;
      },
      jobs: async function* none() {},
    };
    const many = new Sweeper(storage.jobs, storage.keyed, clock, [slow, ...places]);
    expect(await many.sweepExpired(NEVER)).toBe(100);
    expect(transactions.mock.calls.length).toBeLessThanOrEqual(10);
    expect(compact).toHaveBeenCalledTimes(1);
    expect(mostOpen).toBeGreaterThan(1);
    expect(mostOpen).toBeLessThanOrEqual(32);
    for (const id of ids) expect(await storage.jobs.get(id)).toBeNull();
    expect(await mails.list()).toEqual([]);
  });

  it('starts no other deletion after it was told to stop', async () => {
    for (let index = 0; index < 100; index += 1) {
      const given = sampleJob(`stopped ${index}`, DUE);
      await storage.jobs.submit(given);
      await storage.jobs.cancel(given.id, clock.now(), clock.now() + DAY_MS);
    }
    clock.advance(DAY_MS + 1000);
    const stop = new AbortController();
    const stopping: JobFiles = {
      what: 'files',
      deleteAll: async () => stop.abort(),
      jobs: async function* none() {},
    };
    const many = new Sweeper(storage.jobs, storage.keyed, clock, [stopping]);
    const deleted = await many.sweepExpired(stop.signal);
    expect(deleted).toBeGreaterThan(0);
    expect(deleted).toBeLessThanOrEqual(32);
  });

  it('deletes files without a record, and only those', async () => {
    const job = await begun('recorded');
    const orphan = idOf('orphan');
    await keepFiles(orphan);
    expect(await sweeper.sweepOrphans(NEVER)).toBe(3);
    expect(await filesOf(orphan)).toEqual([]);
    expect((await filesOf(job.id)).length).toBeGreaterThan(0);
  });

  it('deletes no files while the store cannot be read', async () => {
    const orphan = idOf('orphan');
    await keepFiles(orphan);
    jest.spyOn(Logger.prototype, 'error').mockImplementation(() => {});
    jest.spyOn(storage.jobs, 'get').mockRejectedValue(new Error('store away'));
    expect(await sweeper.sweepOrphans(NEVER)).toBe(0);
    expect((await filesOf(orphan)).length).toBeGreaterThan(0);
  });

  it('deletes expired values of the KeyedStore', async () => {
    const place = { kind: 'chat_zone', key: 'T1', item: '' } as const;
    await storage.keyed.put({ ...place, value: 'x', expiresAt: clock.now() + 1000 });
    const before = clock.now();
    clock.advance(2000);
    await sweeper.sweepExpired(NEVER);
    expect(await storage.keyed.get(place, before)).toBeNull();
  });

  it('deletes, at a start after a long pause, expired jobs and files without a record', async () => {
    const job = await begun('old');
    await end(job, 'ready');
    const orphan = idOf('orphan');
    await keepFiles(orphan);
    clock.advance(3 * DAY_MS);
    const schedule = new SweepSchedule(sweeper);
    schedule.onApplicationBootstrap();
    await schedule.sweepOrphans();
    await schedule.onApplicationShutdown();
    expect([...(await filesOf(job.id)), ...(await filesOf(orphan))]).toEqual([]);
    expect(await storage.jobs.get(job.id)).toBeNull();
  });

  it('does not sweep after the shutdown', async () => {
    const job = await begun('late');
    await end(job, 'ready');
    clock.advance(2 * DAY_MS);
    const schedule = new SweepSchedule(sweeper);
    await schedule.onApplicationShutdown();
    await schedule.sweepExpired();
    expect(await storage.jobs.get(job.id)).not.toBeNull();
  });

  it('continues after a sweep that failed as a whole', async () => {
    const job = await begun('later');
    await end(job, 'ready');
    clock.advance(2 * DAY_MS);
    jest.spyOn(Logger.prototype, 'error').mockImplementation(() => {});
    jest.spyOn(storage.jobs, 'expiring').mockImplementationOnce(() => {
      throw new Error('store away');
    });
    const schedule = new SweepSchedule(sweeper);
    await schedule.sweepExpired();
    await schedule.sweepExpired();
    expect(await storage.jobs.get(job.id)).toBeNull();
  });
});
