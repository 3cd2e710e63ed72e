import type { JobStore } from '../../../src/jobs/job-store.port.js';
import type { Notice, NoticeKey } from '../../../src/jobs/notice.js';
import {
  aNewJob,
  ANN,
  BOB,
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
import { collected, type StoreHarness } from './store-harness.js';

const startOf = (jobId: string): NoticeKey => ({ jobId, slot: 'start', recipient: ANN });

/** The contract of JobStore for the outbox. */
export function describeOutbox(harness: () => StoreHarness): void {
  describe('the outbox', () => {
    let store: JobStore;
    beforeAll(async () => {
      store = (await harness().open()).jobs;
    });

    const slotsOf = async (id: string): Promise<string[]> =>
      (await store.notices(id)).map(({ slot, recipient }) => `${slot} ${recipient.channel}`);
    const dueNames = async (id: string, until: number): Promise<number[]> =>
      (await collected(store.noticesDue(until))).filter(({ jobId }) => jobId === id).map(({ at }) => at);

    it('gets one confirm notice for each e-mail recipient with the submission, if consent is needed', async () => {
      const asking = { ...aNewJob(), asksToConfirm: true };
      const { job } = await store.submit(asking);
      await store.submit(asking);
      expect(job).not.toHaveProperty('asksToConfirm');
      expect(await store.notices(job.id)).toEqual([
        {
          jobId: job.id,
          slot: 'confirm',
          recipient: ANN,
          epoch: 0,
          status: 'pending',
          attempts: 0,
          notBefore: job.submittedAt,
          detail: null,
        },
      ]);
      expect(await dueNames(job.id, NOW)).toEqual([NOW]);
      const key: NoticeKey = { jobId: job.id, slot: 'confirm', recipient: ANN };
      expect(await store.claimNotice(key, NOW)).toMatchObject({ status: 'sending', attempts: 1 });
      await store.delete(job.id);
      expect(await store.notices(job.id)).toEqual([]);
    });

    it('drops a confirm notice when its job is cancelled', async () => {
      const { job } = await store.submit({ ...aNewJob(), asksToConfirm: true });
      await store.cancel(job.id, NOW, NOW + HOUR_MS);
      expect(await store.notices(job.id)).toMatchObject([{ slot: 'confirm', status: 'dropped' }]);
    });

    it('gets a start notice for each recipient at the first begin only', async () => {
      const { id } = await running(store);
      const row: Omit<Notice, 'recipient'> = {
        jobId: id,
        slot: 'start',
        epoch: 1,
        status: 'pending',
        attempts: 0,
        notBefore: NOW + 1000,
        detail: null,
      };
      const expected = [
        { ...row, recipient: ANN },
        { ...row, recipient: BOB },
      ];
      expect(await store.notices(id)).toEqual(expected);
      await store.begin(id, 1, NOW + 2000);
      expect(await store.notices(id)).toEqual(expected);
      await store.finish(id, 2, handedBack(NOW, true));
      await store.begin(id, 2, NOW + 3000);
      expect(await store.notices(id)).toEqual(expected);
    });

    it('gets end notices for a ready job and error notices for a failed job, each once', async () => {
      const good = await running(store);
      await store.finish(good.id, 1, ready(good));
      await store.finish(good.id, 1, ready(good));
      expect(await slotsOf(good.id)).toEqual(['end email', 'end slack', 'start email', 'start slack']);
      const bad = await submitted(store);
      await store.finish(bad.id, 0, failed());
      await store.finish(bad.id, 0, failed());
      expect(await slotsOf(bad.id)).toEqual(['error email', 'error slack']);
    });

    it('gets nothing from a worker with an old epoch', async () => {
      const job = await running(store);
      await store.begin(job.id, 1, NOW);
      await store.finish(job.id, 1, ready(job));
      expect(await slotsOf(job.id)).toEqual(['start email', 'start slack']);
    });

    it('does not reset a sent end notice when the job is packed again', async () => {
      const job = await running(store);
      await store.finish(job.id, 1, ready(job));
      const key: NoticeKey = { jobId: job.id, slot: 'end', recipient: ANN };
      await store.settleNotice(present(await store.claimNotice(key, NOW + HOUR_MS)), { status: 'sent' });
      await store.finish(job.id, 1, ready(job));
      expect(await store.claimNotice(key, NOW + HOUR_MS)).toBeNull();
    });

    it('lets a notice be claimed once, not before its time, and counts the attempt', async () => {
      const { id } = await running(store);
      expect(await store.claimNotice(startOf(id), NOW + 999)).toBeNull();
      const claimed = await store.claimNotice(startOf(id), NOW + 1000);
      expect(claimed).toMatchObject({ ...startOf(id), status: 'sending', attempts: 1, epoch: 1 });
      expect(await store.claimNotice(startOf(id), NOW + 1000)).toBeNull();
      expect(await store.claimNotice({ ...startOf(id), recipient: BOB }, NOW + 1000)).not.toBeNull();
      expect(await store.claimNotice({ ...startOf(id), slot: 'end' }, NOW + 1000)).toBeNull();
      expect(await store.claimNotice(startOf(newId()), NOW)).toBeNull();
    });

    it('stores the result of a claimed notice', async () => {
      const { id } = await running(store);
      const claimed = present(await store.claimNotice(startOf(id), NOW + 1000));
      await store.settleNotice(claimed, { status: 'refused', detail: '550 no such user' });
      const row = (await store.notices(id)).find(({ recipient }) => recipient.channel === 'email');
      expect(row).toMatchObject({ status: 'refused', detail: '550 no such user', attempts: 1 });
    });

    it('makes a notice wait after a temporary refusal, then counts a second attempt', async () => {
      const { id } = await running(store);
      const first = present(await store.claimNotice(startOf(id), NOW + 1000));
      await store.settleNotice(first, { status: 'pending', notBefore: NOW + HOUR_MS, detail: '451 later' });
      expect(await store.claimNotice(startOf(id), NOW + HOUR_MS - 1)).toBeNull();
      expect(await dueNames(id, NOW + HOUR_MS)).toEqual([NOW + 1000, NOW + HOUR_MS]);
      const second = present(await store.claimNotice(startOf(id), NOW + HOUR_MS));
      expect(second).toMatchObject({ attempts: 2, detail: '451 later' });
      await store.settleNotice(first, { status: 'dropped', detail: 'late answer of the first try' });
      await store.settleNotice(second, { status: 'sent' });
      const row = (await store.notices(id)).find(({ recipient }) => recipient.channel === 'email');
      expect(row).toMatchObject({ status: 'sent', attempts: 2, detail: null });
    });

    it('settles no notice that is not being sent', async () => {
      const { id } = await running(store);
      const before = await store.notices(id);
      await store.settleNotice({ ...present(before[0]), status: 'sending' }, { status: 'sent' });
      expect(await store.notices(id)).toEqual(before);
    });

    it('lets no notice be claimed after a cancel', async () => {
      const { id } = await running(store);
      const claimed = present(await store.claimNotice(startOf(id), NOW + 1000));
      await store.cancel(id, NOW + 1500, NOW + HOUR_MS);
      await store.settleNotice(claimed, { status: 'pending', notBefore: NOW + 2000, detail: '451' });
      expect(await store.claimNotice(startOf(id), NOW + HOUR_MS)).toBeNull();
      expect(await store.claimNotice({ ...startOf(id), recipient: BOB }, NOW + HOUR_MS)).toBeNull();
      expect(await dueNames(id, NOW + HOUR_MS)).toEqual([]);
      const left = (await store.notices(id)).map(({ status, detail }) => [status, detail]);
      expect(left).toEqual([
        ['dropped', 'cancelled'],
        ['dropped', 'cancelled'],
      ]);
    });

    it('lets no notice be claimed after its job was deleted', async () => {
      const { id } = await running(store);
      const claimed = present(await store.claimNotice(startOf(id), NOW + 1000));
      await store.delete(id);
      await store.settleNotice(claimed, { status: 'pending', notBefore: NOW, detail: '451' });
      expect(await store.claimNotice(startOf(id), NOW + HOUR_MS)).toBeNull();
      expect(await store.notices(id)).toEqual([]);
      expect(await dueNames(id, NOW + HOUR_MS)).toEqual([]);
    });

    it('lists the jobs with pending notices, once per instant', async () => {
      const { id } = await running(store);
      expect(await dueNames(id, NOW + 999)).toEqual([]);
      expect(await dueNames(id, NOW + 1000)).toEqual([NOW + 1000]);
      for (const recipient of [ANN, BOB]) {
        const claimed = present(await store.claimNotice({ ...startOf(id), recipient }, NOW + 1000));
        expect(await dueNames(id, NOW + 1000)).toEqual(recipient === ANN ? [NOW + 1000] : []);
        await store.settleNotice(claimed, { status: 'sent' });
      }
      expect(await dueNames(id, NOW + HOUR_MS)).toEqual([]);
    });

    it('has no notices for a job without recipients', async () => {
      const job = await running(store, { recipients: [] });
      await store.finish(job.id, 1, ready(job));
      expect(await store.notices(job.id)).toEqual([]);
      expect(await dueNames(job.id, NOW + HOUR_MS)).toEqual([]);
    });
  });
}
