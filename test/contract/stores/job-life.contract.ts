import { NO_PROGRESS, type Job } from '../../../src/jobs/job.js';
import type { JobStore } from '../../../src/jobs/job-store.port.js';
import {
  aNewJob,
  failed,
  handedBack,
  HOUR_MS,
  newId,
  NOW,
  present,
  ready,
  running,
  submitted,
} from './samples.js';
import type { StoreHarness } from './store-harness.js';

/** The contract of JobStore for one job and its changes. */
export function describeJobLife(harness: () => StoreHarness): void {
  describe('the life of a job', () => {
    let store: JobStore;
    beforeAll(async () => {
      store = (await harness().open()).jobs;
    });

    it('stores a new job as scheduled, with initial values', async () => {
      const given = aNewJob({
        query: 'naïve «Füchse» 狐 🦊\u202e',
        filters: { size: 'large', color: 'red', sites: ['a.example'] },
        output: { convert: 'webp', longestSidePx: 1600, stripMetadata: true, namePattern: '{number}' },
      });
      const { job, created } = await store.submit(given);
      expect(created).toBe(true);
      expect(job).toEqual({
        ...given,
        version: expect.any(Number),
        state: 'scheduled',
        stage: null,
        epoch: 0,
        attempts: 0,
        dueAt: given.request.dueAt,
        startedAt: null,
        finishedAt: null,
        progress: NO_PROGRESS,
        delivered: 0,
        shortfall: [],
        cause: null,
        archive: null,
        expiresAt: null,
        extended: false,
      });
      expect(await store.get(given.id)).toEqual(job);
    });

    it('returns the first job for a second submission with the same id', async () => {
      const first = await store.submit(aNewJob());
      const again = await store.submit(aNewJob({ query: 'something else' }, first.job.id));
      expect(again).toEqual({ job: first.job, created: false });
    });

    it('returns null for a job that never existed', async () => {
      const id = newId();
      const answers = [
        await store.get(id),
        await store.begin(id, 0, NOW),
        await store.finish(id, 0, failed()),
        await store.cancel(id, NOW, NOW + HOUR_MS),
        await store.extend(id, NOW, NOW + HOUR_MS),
        await store.choose(id, 'wA', NOW),
        await store.expireAt(id, NOW),
      ];
      expect(answers).toEqual(answers.map(() => null));
      await store.delete(id);
      expect(await store.images(id)).toEqual([]);
      expect(await store.notices(id)).toEqual([]);
    });

    it('submits and deletes many jobs concurrently', async () => {
      const given = Array.from({ length: 16 }, () => aNewJob());
      const answers = await Promise.all([...given, ...given].map((job) => store.submit(job)));
      expect(answers.filter(({ created }) => created)).toHaveLength(16);
      const ids = given.map(({ id }) => id);
      const [kept = '', ...going] = ids;
      await Promise.all(going.map((id) => store.delete(id)));
      const left = await Promise.all(ids.map((id) => store.get(id)));
      expect(left.map((job) => job?.id ?? null)).toEqual([kept, ...going.map(() => null)]);
    });

    it('begins a run: raises epoch and attempts, keeps the first start, resets the progress', async () => {
      const { id } = await submitted(store);
      const first = present(await store.begin(id, 0, NOW + 1000));
      expect(first).toMatchObject({
        state: 'running',
        stage: 'searching',
        epoch: 1,
        attempts: 1,
        startedAt: NOW + 1000,
      });
      await store.saveProgress(id, 1, 'downloading', {
        found: 9,
        kept: 1,
        rejected: { timeout: 2 },
        bytes: 77,
        engines: [],
      });
      const second = present(await store.begin(id, 1, NOW + 2000));
      expect(second).toMatchObject({ epoch: 2, attempts: 2, startedAt: NOW + 1000, progress: NO_PROGRESS });
      expect(await store.get(id)).toEqual(second);
    });

    it('does not begin a run with a wrong epoch', async () => {
      const job = await running(store);
      expect(await store.begin(job.id, 0, NOW)).toBeNull();
      expect(await store.begin(job.id, 2, NOW)).toBeNull();
      expect(await store.get(job.id)).toEqual(job);
    });

    it('returns the progress and stage of the run', async () => {
      const { id, version } = await running(store);
      const progress = {
        found: 40,
        kept: 3,
        rejected: { timeout: 2, broken_image: 1 },
        bytes: 5_000_000_000,
        engines: [],
      };
      await store.saveProgress(id, 1, 'downloading', progress);
      const seen = present(await store.get(id));
      expect(seen).toMatchObject({ state: 'running', stage: 'downloading', progress });
      expect(seen.version).toBeGreaterThan(version);
    });

    it('ignores the progress of an old epoch and of an ended run', async () => {
      const progress = { found: 1, kept: 1, rejected: {}, bytes: 1, engines: [] };
      const { id } = await running(store);
      const taken = present(await store.begin(id, 1, NOW));
      await store.saveProgress(id, 1, 'zipping', progress);
      expect(await store.get(id)).toEqual(taken);
      const over = present(await store.finish(id, 2, failed()));
      await store.saveProgress(id, 2, 'zipping', progress);
      expect(await store.get(id)).toEqual(over);
    });

    it('keeps the last progress after the end of the run', async () => {
      const { id } = await running(store);
      const progress = { found: 8, kept: 4, rejected: { too_small: 1 }, bytes: 4000, engines: [] };
      await store.saveProgress(id, 1, 'zipping', progress);
      await store.finish(id, 1, ready({ id, epoch: 1 }));
      expect(await store.get(id)).toMatchObject({ state: 'ready', stage: null, progress });
    });

    it('finishes a run as ready, as failed, or by handing the job back', async () => {
      const good = await running(store);
      const outcome = ready(good);
      expect(await store.finish(good.id, 1, outcome)).toMatchObject({
        state: 'ready',
        stage: null,
        finishedAt: outcome.at,
        archive: outcome.archive,
        delivered: 4,
        shortfall: outcome.shortfall,
        expiresAt: outcome.expiresAt,
      });
      const bad = await running(store);
      const { cause, expiresAt } = failed();
      expect(await store.finish(bad.id, 1, failed())).toMatchObject({ state: 'failed', cause, expiresAt });
      expect(await store.get(bad.id)).toMatchObject({ state: 'failed', cause, expiresAt });
      const later = await running(store);
      const back = await store.finish(later.id, 1, handedBack(NOW + HOUR_MS, true));
      expect(back).toMatchObject({
        state: 'scheduled',
        dueAt: NOW + HOUR_MS,
        attempts: 1,
        epoch: 1,
        finishedAt: null,
      });
      expect(back?.request.dueAt).toBe(NOW);
    });

    it('does not count the attempt if the job is handed back unspent', async () => {
      const { id } = await running(store);
      expect(await store.finish(id, 1, handedBack(NOW, false))).toMatchObject({ attempts: 0, epoch: 1 });
      expect(await store.begin(id, 1, NOW)).toMatchObject({ attempts: 1, epoch: 2, startedAt: NOW + 1000 });
    });

    it('changes nothing if a run of an old epoch finishes', async () => {
      const { id } = await running(store);
      const taken = present(await store.begin(id, 1, NOW));
      const late = [ready({ id, epoch: 1 }), failed(), handedBack(NOW + 1, true)];
      for (const outcome of late) expect(await store.finish(id, 1, outcome)).toBeNull();
      expect(await store.get(id)).toEqual(taken);
    });

    it('fails a scheduled job that can no longer run', async () => {
      const { id } = await submitted(store);
      expect(await store.finish(id, 0, failed())).toMatchObject({ state: 'failed', epoch: 0 });
    });

    it('accepts a new archive of a ready job, and keeps its extension', async () => {
      const { id } = await running(store);
      const first = ready({ id, epoch: 1 });
      await store.finish(id, 1, first);
      await store.extend(id, NOW, first.expiresAt + HOUR_MS);
      const again = { ...first, archive: { ...first.archive, bytes: 5 } };
      expect(await store.finish(id, 1, again)).toMatchObject({
        state: 'ready',
        archive: { bytes: 5 },
        extended: true,
      });
    });

    it('cancels a scheduled or running job, and returns the same result when repeated', async () => {
      const calm = await submitted(store);
      const cancelled = present(await store.cancel(calm.id, NOW, NOW + HOUR_MS));
      expect(cancelled).toMatchObject({ state: 'cancelled', finishedAt: NOW, expiresAt: NOW + HOUR_MS });
      expect(await store.cancel(calm.id, NOW + 1, NOW + 2 * HOUR_MS)).toEqual(cancelled);
      const busy = await running(store);
      expect(await store.cancel(busy.id, NOW, NOW + HOUR_MS)).toMatchObject({
        state: 'cancelled',
        stage: null,
      });
    });

    it('refuses every step that is not in the table of transitions', async () => {
      const steps = (id: string): Promise<(Job | null)[]> =>
        Promise.all([
          store.begin(id, 1, NOW),
          store.finish(id, 1, failed()),
          store.finish(id, 1, handedBack(NOW, true)),
          store.cancel(id, NOW, NOW + 1),
        ]);
      const done = await running(store);
      const isReady = await store.finish(done.id, 1, ready(done));
      expect(await steps(done.id)).toEqual([null, null, null, null]);
      expect(await store.get(done.id)).toEqual(isReady);
      const broken = await running(store);
      const isFailed = await store.finish(broken.id, 1, failed());
      expect(await steps(broken.id)).toEqual([null, null, null, null]);
      expect(await store.finish(broken.id, 1, ready(broken))).toBeNull();
      expect(await store.get(broken.id)).toEqual(isFailed);
      const stopped = await running(store);
      const isCancelled = await store.cancel(stopped.id, NOW, NOW + 1);
      expect(await steps(stopped.id)).toEqual([null, null, null, isCancelled]);
      expect(await store.finish(stopped.id, 1, ready(stopped))).toBeNull();
      const waiting = await submitted(store);
      expect(await store.finish(waiting.id, 0, ready({ id: waiting.id, epoch: 0 }))).toBeNull();
      expect(await store.finish(waiting.id, 0, handedBack(NOW, true))).toBeNull();
      expect(await store.get(waiting.id)).toEqual(waiting);
    });

    it('extends a ready job once, but not after it expired', async () => {
      const job = await running(store);
      const { expiresAt } = ready(job);
      expect(await store.extend(job.id, NOW, expiresAt + 1)).toBeNull();
      await store.finish(job.id, 1, ready(job));
      expect(await store.extend(job.id, expiresAt, expiresAt + HOUR_MS)).toBeNull();
      const extended = await store.extend(job.id, expiresAt - 1, expiresAt + HOUR_MS);
      expect(extended).toMatchObject({ state: 'ready', extended: true, expiresAt: expiresAt + HOUR_MS });
      expect(await store.extend(job.id, NOW, expiresAt + 2 * HOUR_MS)).toBeNull();
      expect(await store.get(job.id)).toEqual(extended);
    });

    it('records what everybody gets of a ready job, until it expires', async () => {
      const job = await running(store);
      expect(await store.choose(job.id, 'wA', NOW)).toBeNull();
      const { archive, expiresAt } = ready(job);
      const before = await store.finish(job.id, 1, ready(job));
      const chosen = await store.choose(job.id, 'wA', NOW);
      expect(chosen).toMatchObject({ state: 'ready', archive: { ...archive, choice: 'wA' } });
      expect(chosen?.version).toBeGreaterThan(before?.version ?? 0);
      expect(await store.get(job.id)).toEqual(chosen);
      expect(await store.choose(job.id, 'wA', NOW)).toEqual(chosen);
      expect((await store.choose(job.id, null, expiresAt - 1))?.archive).toEqual(archive);
      expect(await store.choose(job.id, 'wA', expiresAt)).toBeNull();
      expect((await store.get(job.id))?.archive).toEqual(archive);
    });

    it('lets only a final job expire', async () => {
      const job = await running(store);
      expect(await store.expireAt(job.id, NOW)).toBeNull();
      await store.finish(job.id, 1, failed());
      expect(await store.expireAt(job.id, NOW + 7)).toMatchObject({ state: 'failed', expiresAt: NOW + 7 });
    });

    it('raises the version with every change', async () => {
      const { id, version } = await submitted(store);
      const versions = [version];
      const note = async (): Promise<void> => void versions.push(present(await store.get(id)).version);
      await store.begin(id, 0, NOW);
      await note();
      for (let kept = 1; kept <= 5; kept += 1) {
        await store.saveProgress(id, 1, 'downloading', { ...NO_PROGRESS, kept });
        await note();
      }
      await store.begin(id, 1, NOW);
      await note();
      await store.saveProgress(id, 2, 'searching', { ...NO_PROGRESS, kept: 1 });
      await note();
      await store.finish(id, 2, ready({ id, epoch: 2 }));
      await note();
      await store.extend(id, NOW, NOW + 90 * HOUR_MS);
      await note();
      await store.expireAt(id, NOW);
      await note();
      expect(versions).toEqual([...new Set(versions)].toSorted((a, b) => a - b));
      expect(versions).toHaveLength(12);
    });

    it('answers a ping, and refuses one whose signal has aborted', async () => {
      await expect(store.ping(AbortSignal.timeout(5000))).resolves.toBeUndefined();
      await expect(store.ping(AbortSignal.abort())).rejects.toMatchObject({ code: 'storage.unavailable' });
    });
  });
}
