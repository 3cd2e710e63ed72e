import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSettings } from '../../../src/config/parse-settings.js';
import { Secrets } from '../../../src/config/secrets.js';
import { JobTokens } from '../../../src/jobs/job-tokens.js';
import { JobsService } from '../../../src/jobs/jobs.service.js';
import { openSqlite } from '../../../src/storage/sqlite/open-sqlite.js';
import type { Storage } from '../../../src/storage/storage.js';
import { asKept, sampleCandidate, sampleRequest } from '../../support/sample-jobs.js';
import { TestClock } from '../../support/test-clock.js';
import { FakeQueue } from '../pipeline/fake-dependencies.js';

const HOUR_MS = 3_600_000;

describe('the jobs', () => {
  let folder: string;
  let storage: Storage;
  let clock: TestClock;
  let queue: FakeQueue;
  let jobs: JobsService;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'jobs-'));
    storage = await openSqlite(folder);
    clock = new TestClock();
    queue = new FakeQueue();
    const { settings } = parseSettings({ LINK_TTL: '1h' });
    jobs = new JobsService(storage.jobs, queue, clock, new JobTokens(new Secrets(['s'])), settings);
  });

  afterEach(async () => {
    await storage.close();
    rmSync(folder, { recursive: true });
  });

  const request = (): ReturnType<typeof sampleRequest> => sampleRequest(clock.now() + 60_000);
  const runToTheEnd = async (id: string): Promise<number> => {
    await storage.jobs.begin(id, 0, clock.now());
    const at = clock.now();
    const archive = { name: `${id}/1.zip`, bytes: 1, sha256: 'x' } as const;
    const ready = { archive, delivered: 1, shortfall: [], expiresAt: at + HOUR_MS };
    await storage.jobs.finish(id, 1, { state: 'ready', at, ...ready });
    return at;
  };

  it('are recorded and queued for their time', async () => {
    const job = await jobs.submit('web', request());
    expect(await jobs.get(job.id)).toMatchObject({ state: 'scheduled', door: 'web' });
    expect(queue.scheduled).toEqual([{ id: job.id, at: job.request.dueAt }]);
  });

  it('ask their e-mail address first if the operator wants it, and no other address', async () => {
    const { settings } = parseSettings({ CONFIRM_EMAIL: 'yes' });
    const asking = new JobsService(storage.jobs, queue, clock, new JobTokens(new Secrets(['s'])), settings);
    const [unasked, asked] = [await jobs.submit('web', request()), await asking.submit('web', request())];
    expect(await storage.jobs.notices(unasked.id)).toEqual([]);
    expect(await storage.jobs.notices(asked.id)).toMatchObject([{ slot: 'confirm', status: 'pending' }]);
    const inChat = { ...request(), recipients: [{ channel: 'slack', address: 'T1/C1/U1' }] } as const;
    expect(asking.asksToConfirm(inChat)).toBe(false);
    expect(await storage.jobs.notices((await asking.submit('slack', inChat)).id)).toEqual([]);
  });

  it('submitted fifty times with one key are one job', async () => {
    const asked = request();
    const key = { requester: 'nonce', key: 'k', askedFor: asked.dueAt };
    const all = await Promise.all(Array.from({ length: 50 }, () => jobs.submit('web', asked, key)));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
  });

  it('are retried as one new job, even if asked many times', async () => {
    const job = await jobs.submit('web', request());
    const retry = ({ door, request: again, idempotency } = jobs.onceMore(job)) =>
      jobs.submit(door, again, idempotency);
    const [first, second] = [await retry(), await retry()];
    expect(first.id).not.toBe(job.id);
    expect(second.id).toBe(first.id);
    expect(first.request).toMatchObject({ query: job.request.query, startsNow: true });
  });

  it('start before their time if somebody wants it, and only while they wait for it', async () => {
    clock.stop();
    const { id } = await jobs.submit('web', request());
    expect(await jobs.startNow(id)).toMatchObject({ state: 'scheduled', dueAt: clock.now() });
    expect(queue.scheduled.at(-1)).toEqual({ id, at: clock.now() });
    await runToTheEnd(id);
    await expect(jobs.startNow(id)).rejects.toMatchObject({ code: 'job.not_possible_now' });
    await expect(jobs.startNow('0'.repeat(32))).rejects.toMatchObject({ code: 'job.not_found' });
  });

  it('go on after a ready job as one new job, without the images that it delivered', async () => {
    const job = await jobs.submit('web', { ...request(), count: 5 });
    await expect(jobs.goingOn(job, 'next')).rejects.toMatchObject({ code: 'job.not_possible_now' });
    const candidate = sampleCandidate(1);
    const found = { urlHash: '1'.repeat(32), position: 0, candidate, outcome: { status: 'found' } } as const;
    await storage.jobs.saveImages(job.id, [asKept(found)]);
    await runToTheEnd(job.id);
    const ready = await jobs.get(job.id);
    const sent = async (kind: 'missing' | 'next') => {
      const sending = await jobs.goingOn(ready, kind);
      return jobs.submit(sending.door, sending.request, sending.idempotency, sending.excluded);
    };
    const [missing, again, next] = [await sent('missing'), await sent('missing'), await sent('next')];
    expect(missing.request).toMatchObject({ count: 4, startsNow: true });
    expect(again.id).toBe(missing.id);
    expect(next.request.count).toBe(5);
    expect(new Set([ready.id, missing.id, next.id]).size).toBe(3);
    expect(await storage.jobs.images(next.id)).toMatchObject([
      { outcome: { status: 'excluded' }, candidate: { imageUrl: candidate.imageUrl, title: null } },
    ]);
  });

  it('stay cancelled until their records go', async () => {
    const { id } = await jobs.submit('web', request());
    expect(await jobs.cancel(id)).toMatchObject({ state: 'cancelled' });
    expect(await jobs.cancel(id)).toMatchObject({ state: 'cancelled' });
    clock.advance(HOUR_MS + 1000);
    await expect(jobs.get(id)).rejects.toMatchObject({ code: 'job.not_found' });
  });

  it('that do not exist are not found', async () => {
    const strange = '0'.repeat(32);
    expect(await jobs.find(strange)).toBeNull();
    for (const attempt of [jobs.get(strange), jobs.cancel(strange), jobs.delete(strange)])
      await expect(attempt).rejects.toMatchObject({ code: 'job.not_found' });
  });

  it('are gone at once when they are deleted, even before they ran', async () => {
    const { id } = await jobs.submit('web', request());
    await jobs.delete(id);
    expect(await jobs.find(id)).toBeNull();
    const swept: string[] = [];
    for await (const { jobId } of storage.jobs.expiring(clock.now())) swept.push(jobId);
    expect(swept).toEqual([id]);
  });

  it('are gone as well when they end by themselves while they are being deleted', async () => {
    const { id } = await jobs.submit('web', request());
    const get = storage.jobs.get.bind(storage.jobs);
    storage.jobs.get = async (asked) => {
      const seen = await get(asked);
      await runToTheEnd(asked);
      return seen;
    };
    expect(await jobs.delete(id)).toMatchObject({ state: 'ready', expiresAt: expect.any(Number) });
    storage.jobs.get = get;
    expect(await jobs.find(id)).toBeNull();
  });

  it('can be kept longer once when they are ready, never before', async () => {
    const { id } = await jobs.submit('web', request());
    await expect(jobs.extend(id)).rejects.toMatchObject({ code: 'job.not_possible_now' });
    const at = await runToTheEnd(id);
    expect(await jobs.extend(id)).toMatchObject({ extended: true, expiresAt: at + 2 * HOUR_MS });
    await expect(jobs.extend(id)).rejects.toMatchObject({ code: 'job.not_possible_now' });
  });
});
