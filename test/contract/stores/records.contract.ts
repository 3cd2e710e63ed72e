import type { JobStore } from '../../../src/jobs/job-store.port.js';
import {
  anImage,
  aNewJob,
  failed,
  HOUR_MS,
  KEPT,
  KEPT_FILE,
  newId,
  NOW,
  present,
  ready,
  running,
  submitted,
} from './samples.js';
import { atOnce, type StoreHarness } from './store-harness.js';

/** The contract of JobStore for image records, deletion, restarts and wrong clocks. */
export function describeRecords(harness: () => StoreHarness): void {
  describe('records', () => {
    let store: JobStore;
    beforeAll(async () => {
      store = (await harness().open()).jobs;
    });

    it('returns image facts unchanged, sorted by position', async () => {
      const { id } = await submitted(store);
      const rejected = anImage(1, { status: 'rejected', reason: 'http_status', detail: '404' });
      await store.saveImages(id, [anImage(2, KEPT), rejected]);
      await store.saveImages(id, [anImage(0)]);
      expect(await store.images(id)).toEqual([anImage(0), rejected, anImage(2, KEPT)]);
    });

    it('replaces the fact with the same hash', async () => {
      const { id } = await submitted(store);
      await store.saveImages(id, [anImage(0)]);
      const resolved = { ...anImage(0), candidate: { ...anImage(0).candidate, imageUrl: null } };
      await store.saveImages(id, [resolved]);
      expect(await store.images(id)).toEqual([resolved]);
      await store.saveImages(id, [anImage(0, KEPT)]);
      expect(await store.images(id)).toEqual([anImage(0, KEPT)]);
    });

    it('keeps the last of two facts with the same hash that are saved together', async () => {
      const { id } = await running(store);
      await store.saveImages(id, [anImage(1, KEPT), anImage(2), anImage(1)]);
      expect(await store.images(id)).toEqual([anImage(1), anImage(2)]);
    });

    it('holds more than 500 images, saved together or one by one', async () => {
      const { id } = await submitted(store);
      const all = Array.from({ length: 1200 }, (_, position) => anImage(position, KEPT));
      await store.saveImages(id, all.slice(0, 700));
      await Promise.all(all.slice(700).map((image) => store.saveImages(id, [image])));
      expect(await store.images(id)).toEqual(all);
    });

    it('saves nothing if the job is gone, and accepts an empty list', async () => {
      const id = newId();
      await store.saveImages(id, [anImage(0)]);
      await store.saveImages(id, []);
      expect(await store.images(id)).toEqual([]);
      expect(await harness().rowsOf(id)).toBe(0);
    });

    it('stores the excluded images of a new job with it, once, and deletes them with it', async () => {
      const excluded = Array.from({ length: 120 }, (_, position) =>
        anImage(position, { status: 'excluded', file: KEPT_FILE }),
      );
      const given = { ...aNewJob(), excluded };
      const answers = await Promise.all([store.submit(given), store.submit(given), store.submit(given)]);
      expect(answers.filter(({ created }) => created)).toHaveLength(1);
      expect(await store.images(given.id)).toEqual(excluded);
      expect(await store.get(given.id)).not.toHaveProperty('excluded');
      await store.submit({ ...given, excluded: [anImage(500, { status: 'excluded', file: KEPT_FILE })] });
      expect(await store.images(given.id)).toEqual(excluded);
      await store.delete(given.id);
      expect(await store.images(given.id)).toEqual([]);
      expect(await harness().rowsOf(given.id)).toBe(0);
    });

    it('deletes every record of a job, even twice, but none of another job', async () => {
      const other = await running(store);
      await store.saveImages(other.id, [anImage(0)]);
      const job = await running(store);
      await store.saveImages(job.id, [anImage(0), anImage(1)]);
      await store.saveProgress(job.id, 1, 'zipping', {
        found: 1,
        kept: 1,
        rejected: {},
        bytes: 1,
        engines: [],
      });
      await store.finish(job.id, 1, ready(job));
      expect(await harness().rowsOf(job.id)).toBeGreaterThan(0);
      await store.delete(job.id);
      await store.delete(job.id);
      expect(await store.get(job.id)).toBeNull();
      expect(await store.images(job.id)).toEqual([]);
      expect(await store.notices(job.id)).toEqual([]);
      expect(await harness().rowsOf(job.id)).toBe(0);
      expect(await store.images(other.id)).toHaveLength(1);
      expect(await store.notices(other.id)).toHaveLength(2);
    });

    it('changes nothing after a job was deleted', async () => {
      const job = await running(store);
      await store.delete(job.id);
      expect(await store.begin(job.id, 1, NOW)).toBeNull();
      expect(await store.finish(job.id, 1, ready(job))).toBeNull();
      expect(await store.cancel(job.id, NOW, NOW + 1)).toBeNull();
      await store.saveProgress(job.id, 1, 'zipping', {
        found: 1,
        kept: 1,
        rejected: {},
        bytes: 1,
        engines: [],
      });
      await store.saveImages(job.id, [anImage(0)]);
      expect(await store.get(job.id)).toBeNull();
      expect(await harness().rowsOf(job.id)).toBe(0);
    });

    it('accepts a deleted id for a new job, which inherits nothing', async () => {
      const given = aNewJob();
      await store.submit(given);
      await store.begin(given.id, 0, NOW);
      await store.saveImages(given.id, [anImage(0), anImage(1)]);
      await store.delete(given.id);
      const { job, created } = await store.submit(given);
      expect(created).toBe(true);
      expect(job).toMatchObject({ state: 'scheduled', epoch: 0 });
      expect(await store.get(given.id)).toEqual(job);
      expect(await store.images(given.id)).toEqual([]);
      expect(await store.notices(given.id)).toEqual([]);
      await store.saveImages(given.id, [anImage(1, KEPT)]);
      expect(await store.images(given.id)).toEqual([anImage(1, KEPT)]);
    });

    it('keeps no row of a job that is deleted during concurrent writes', async () => {
      const writers: JobStore[] = [];
      for (const skewMs of [0, HOUR_MS, -HOUR_MS]) writers.push((await harness().open(skewMs)).jobs);
      for (let round = 0; round < 5; round += 1) {
        const { id } = await running(store);
        let position = 0;
        const writes = atOnce(writers, 60, async (client) => {
          position += 1;
          await client.saveImages(id, [anImage(position)]);
          await client.saveProgress(id, 1, 'downloading', {
            found: position,
            kept: 0,
            rejected: {},
            bytes: 0,
            engines: [],
          });
        });
        await Promise.all([writes, store.delete(id), present(writers[1]).delete(id)]);
        await store.saveImages(id, [anImage(0)]);
        expect(await store.get(id)).toBeNull();
        expect(await store.images(id)).toEqual([]);
        expect(await harness().rowsOf(id)).toBe(0);
      }
    });

    it('serves clients whose clocks differ by hours', async () => {
      const ahead = (await harness().open(HOUR_MS)).jobs;
      const behind = (await harness().open(-HOUR_MS)).jobs;
      const { id } = (await ahead.submit(aNewJob())).job;
      expect(await behind.begin(id, 0, NOW)).toMatchObject({ epoch: 1 });
      await ahead.saveImages(id, [anImage(0)]);
      await behind.saveImages(id, [anImage(0, KEPT)]);
      expect(await store.images(id)).toEqual([anImage(0, KEPT)]);
      const progress = { found: 2, kept: 1, rejected: {}, bytes: 9, engines: [] };
      await ahead.saveProgress(id, 1, 'searching', { ...progress, found: 1 });
      await behind.saveProgress(id, 1, 'downloading', progress);
      expect(await store.get(id)).toMatchObject({ stage: 'downloading', progress });
      expect(await ahead.begin(id, 1, NOW)).toMatchObject({ epoch: 2 });
      expect(await behind.finish(id, 2, failed())).toMatchObject({ state: 'failed' });
      await behind.delete(id);
      expect(await harness().rowsOf(id)).toBe(0);
      expect(await behind.submit(aNewJob({}, id))).toMatchObject({ created: true });
    });

    it('returns the same records after a restart of the client', async () => {
      const before = await harness().open();
      const job = await running(before.jobs);
      await before.jobs.saveImages(job.id, [anImage(0, KEPT)]);
      await before.jobs.saveProgress(job.id, 1, 'zipping', {
        found: 1,
        kept: 1,
        rejected: {},
        bytes: 5,
        engines: [],
      });
      const [seen, notices] = [await before.jobs.get(job.id), await before.jobs.notices(job.id)];
      await before.close();
      await before.close();
      await expect(before.jobs.get(job.id)).rejects.toMatchObject({ code: 'storage.unavailable' });
      const after = await harness().open();
      expect(await after.jobs.get(job.id)).toEqual(seen);
      expect(await after.jobs.notices(job.id)).toEqual(notices);
      expect(await after.jobs.images(job.id)).toEqual([anImage(0, KEPT)]);
      await after.jobs.compact();
      expect(await after.jobs.get(job.id)).toEqual(seen);
    });
  });
}
