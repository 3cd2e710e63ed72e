import type { JobStore } from '../../../src/jobs/job-store.port.js';
import { ANN, aNewJob, failed, HOUR_MS, NOW, present, ready, running, submitted } from './samples.js';
import { atOnce, type StoreHarness } from './store-harness.js';

/** The contract of JobStore for concurrent changes of the same job. */
export function describeJobRaces(harness: () => StoreHarness): void {
  describe('races', () => {
    let stores: JobStore[];
    let store: JobStore;
    beforeAll(async () => {
      stores = [];
      for (let i = 0; i < 5; i += 1) stores.push((await harness().open()).jobs);
      store = present(stores[0]);
    });

    it('creates one job from 50 submissions with the same id', async () => {
      const given = aNewJob();
      const answers = await atOnce(stores, 50, (client) => client.submit(given));
      expect(answers.filter(({ created }) => created)).toHaveLength(1);
      const job = present(await store.get(given.id));
      for (const answer of answers) expect(answer.job).toEqual(job);
    });

    it('lets only one of 50 workers begin a job', async () => {
      const { id } = await submitted(store);
      const answers = await atOnce(stores, 50, (client) => client.begin(id, 0, NOW));
      const winners = answers.filter((answer) => answer !== null);
      expect(winners).toHaveLength(1);
      expect(await store.get(id)).toEqual(winners[0]);
      expect(winners[0]).toMatchObject({ epoch: 1, attempts: 1 });
      expect(await store.notices(id)).toHaveLength(2);
    });

    it('lets only one of 20 senders claim a notice', async () => {
      const { id: jobId } = await running(store);
      const key = { jobId, slot: 'start' as const, recipient: ANN };
      const answers = await atOnce(stores, 20, (client) => client.claimNotice(key, NOW + 2000));
      expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
    });

    it('ends a job in one way if it is finished and cancelled at the same time', async () => {
      for (let round = 0; round < 8; round += 1) {
        const job = await running(store);
        const [a, b] = await Promise.all([
          present(stores[1]).finish(job.id, 1, ready(job)),
          present(stores[2]).cancel(job.id, NOW, NOW + HOUR_MS),
        ]);
        const winners = [a, b].filter((answer) => answer !== null);
        expect(winners).toHaveLength(1);
        expect(await store.get(job.id)).toEqual(winners[0]);
        const ends = (await store.notices(job.id)).filter(({ slot }) => slot === 'end');
        expect(ends).toHaveLength(a === null ? 0 : 2);
      }
    });

    it('finishes a run once if several callers finish it', async () => {
      const job = await running(store);
      const answers = await atOnce(stores, 10, (client) => client.finish(job.id, 1, failed()));
      expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
      const errors = (await store.notices(job.id)).filter(({ slot }) => slot === 'error');
      expect(errors).toHaveLength(2);
    });

    it('extends a job once if several callers extend it', async () => {
      const job = await running(store);
      const { expiresAt } = ready(job);
      await store.finish(job.id, 1, ready(job));
      const answers = await atOnce(stores, 10, (client) => client.extend(job.id, NOW, expiresAt + HOUR_MS));
      expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
    });

    it('leaves no notice to send after a cancel, unless it was claimed before', async () => {
      for (let round = 0; round < 8; round += 1) {
        const { id: jobId } = await running(store);
        const key = { jobId, slot: 'start' as const, recipient: ANN };
        const [cancelled] = await Promise.all([
          present(stores[1]).cancel(jobId, NOW, NOW + HOUR_MS),
          present(stores[2]).claimNotice(key, NOW + 2000),
        ]);
        expect(cancelled).toMatchObject({ state: 'cancelled' });
        expect(await store.claimNotice(key, NOW + 2000)).toBeNull();
        const left = (await store.notices(jobId)).filter(({ status }) => status === 'pending');
        expect(left).toEqual([]);
      }
    });
  });
}
