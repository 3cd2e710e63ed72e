import type { DueJob, JobStore } from '../../../src/jobs/job-store.port.js';
import { failed, handedBack, HOUR_MS, NOW, ready, running, submitted } from './samples.js';
import { collected, type StoreHarness } from './store-harness.js';

/** The contract of JobStore for due jobs and notices. */
export function describeDue(harness: () => StoreHarness): void {
  describe('due jobs', () => {
    let store: JobStore;
    beforeAll(async () => {
      store = (await harness().open()).jobs;
    });

    // Each test has its own day, so that it does not see the jobs of others.
    let day = 100;
    const ownDay = (): number => NOW - (NOW % HOUR_MS) + (day += 2) * 24 * HOUR_MS;
    const due = (from: number, to: number): Promise<DueJob[]> => collected(store.due(from, to));
    const ends = async (ids: string[], until: number): Promise<DueJob[]> =>
      (await collected(store.expiring(until))).filter(({ jobId }) => ids.includes(jobId));

    it('lists open jobs from an inclusive to an exclusive instant', async () => {
      const base = ownDay();
      for (const at of [base - 1, base, base + 5, base + 10]) await submitted(store, { dueAt: at });
      expect((await due(base, base + 10)).map(({ at }) => at)).toEqual([base, base + 5]);
      expect(await due(base + 1, base + 5)).toEqual([]);
      expect(await due(base + 5, base + 5)).toEqual([]);
    });

    it('lists them by instant, then id, across hours and days', async () => {
      const base = ownDay();
      const instants = [
        0,
        0,
        0,
        1,
        HOUR_MS - 1,
        HOUR_MS,
        HOUR_MS + 1,
        5 * HOUR_MS,
        24 * HOUR_MS - 1,
        24 * HOUR_MS,
      ];
      const jobs: DueJob[] = [];
      for (const offset of instants.toReversed()) {
        const { id } = await submitted(store, { dueAt: base + offset });
        jobs.push({ jobId: id, at: base + offset });
      }
      const expected = jobs.toSorted((a, b) => a.at - b.at || (a.jobId < b.jobId ? -1 : 1));
      expect(await due(base, base + 25 * HOUR_MS)).toEqual(expected);
    });

    it('lists all of many jobs with the same instant while some are begun', async () => {
      const base = ownDay();
      const made = await Promise.all(Array.from({ length: 600 }, () => submitted(store, { dueAt: base })));
      const seen: string[] = [];
      for await (const { jobId } of store.due(base, base + 1)) {
        seen.push(jobId);
        if (seen.length % 20 === 0) await store.begin(jobId, 0, base);
      }
      expect(seen).toEqual(made.map(({ id }) => id).toSorted());
    });

    it('lists a running job at its last due instant', async () => {
      const base = ownDay();
      const { id } = await running(store, { dueAt: base });
      expect(await due(base, base + 1)).toEqual([{ jobId: id, at: base }]);
      await store.finish(id, 1, handedBack(base + 2 * HOUR_MS, true));
      expect(await due(base, base + 9 * HOUR_MS)).toEqual([{ jobId: id, at: base + 2 * HOUR_MS }]);
      await store.begin(id, 1, base);
      expect(await due(base, base + 9 * HOUR_MS)).toEqual([{ jobId: id, at: base + 2 * HOUR_MS }]);
    });

    it('lists a job that was handed back to an earlier instant', async () => {
      const base = ownDay();
      const { id } = await running(store, { dueAt: base });
      await store.finish(id, 1, handedBack(base + HOUR_MS, true));
      await store.begin(id, 1, base);
      await store.finish(id, 2, handedBack(base, false));
      expect(await due(base, base + 9 * HOUR_MS)).toEqual([{ jobId: id, at: base }]);
    });

    it('lists a job that was started before its time at the earlier instant only', async () => {
      const base = ownDay();
      const { id } = await submitted(store, { dueAt: base + 5 * HOUR_MS });
      await store.startNow(id, base);
      expect(await due(base, base + 9 * HOUR_MS)).toEqual([{ jobId: id, at: base }]);
    });

    it('does not list ended or deleted jobs', async () => {
      const base = ownDay();
      const over = await running(store, { dueAt: base });
      await store.finish(over.id, 1, ready(over, base));
      const bad = await running(store, { dueAt: base });
      await store.finish(bad.id, 1, failed(base));
      const stopped = await submitted(store, { dueAt: base });
      await store.cancel(stopped.id, base, base + HOUR_MS);
      const gone = await submitted(store, { dueAt: base });
      await store.delete(gone.id);
      expect(await due(base - HOUR_MS, base + HOUR_MS)).toEqual([]);
    });

    it('lists overdue jobs of any age', async () => {
      const old = NOW - 20 * 24 * HOUR_MS;
      const { id } = await submitted(store, { dueAt: old });
      const seen = (await due(0, NOW)).filter(({ jobId }) => jobId === id);
      expect(seen).toEqual([{ jobId: id, at: old }]);
    });

    it('lists jobs whose link has expired or whose purge time has come, in order', async () => {
      const base = ownDay();
      const first = await running(store, { dueAt: base });
      await store.finish(first.id, 1, failed(base));
      const second = await running(store, { dueAt: base });
      await store.finish(second.id, 1, ready(second, base + HOUR_MS));
      const stuck = await running(store, { dueAt: base });
      const ids = [first.id, second.id, stuck.id];
      const day1 = base + 24 * HOUR_MS;
      expect(await ends(ids, day1 - 1)).toEqual([]);
      expect(await ends(ids, day1)).toEqual([{ jobId: first.id, at: day1 }]);
      const all = [
        { jobId: first.id, at: day1 },
        { jobId: second.id, at: day1 + HOUR_MS },
      ];
      expect(await ends(ids, stuck.purgeAt - 1)).toEqual(all);
      expect(await ends(ids, stuck.purgeAt)).toEqual([...all, { jobId: stuck.id, at: stuck.purgeAt }]);
    });

    it('follows an extension and an earlier expiry', async () => {
      const base = ownDay();
      const { id } = await running(store, { dueAt: base });
      const outcome = ready({ id, epoch: 1 }, base);
      await store.finish(id, 1, outcome);
      await store.extend(id, base, outcome.expiresAt + HOUR_MS);
      expect(await ends([id], outcome.expiresAt)).toEqual([]);
      expect(await ends([id], outcome.expiresAt + HOUR_MS)).toEqual([
        { jobId: id, at: outcome.expiresAt + HOUR_MS },
      ]);
      await store.expireAt(id, base + 3);
      expect(await ends([id], outcome.expiresAt + HOUR_MS)).toEqual([{ jobId: id, at: base + 3 }]);
      await store.delete(id);
      expect(await ends([id], outcome.expiresAt + HOUR_MS)).toEqual([]);
    });
  });
}
