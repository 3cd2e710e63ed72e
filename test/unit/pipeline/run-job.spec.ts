import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { AppError } from '../../../src/jobs/app-error.js';
import type { Candidate } from '../../../src/jobs/candidate.js';
import type { Job, JobRequest } from '../../../src/jobs/job.js';
import { excludedImages } from '../../../src/jobs/request/excluded-images.js';
import { MAX_OVERDUE_MS } from '../../../src/jobs/retention.js';
import { runJob } from '../../../src/pipeline/run-job.js';
import { openSqlite } from '../../../src/storage/sqlite/open-sqlite.js';
import type { Storage } from '../../../src/storage/storage.js';
import { Collecting } from '../../support/collecting.js';
import { HostileServer, whole } from '../../support/network/hostile-server.js';
import '../../support/quiet-logs.js';
import { jpeg } from '../../support/images/sample-images.js';
import { sampleCandidate, sampleJob } from '../../support/sample-jobs.js';
import { TestClock } from '../../support/test-clock.js';
import { until } from '../../support/until.js';
import { FakeDependencies, FakeSource } from './fake-dependencies.js';

const NEVER = new AbortController().signal;

/** Candidates of the ranks `from` to `to`. */
function ranks(from: number, to: number): Candidate[] {
  return Array.from({ length: to - from + 1 }, (_, index) => sampleCandidate(from + index));
}

describe('a run', () => {
  let folder: string;
  let storage: Storage;
  let clock: TestClock;
  let deps: FakeDependencies;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'run-'));
    storage = await openSqlite(folder);
    clock = new TestClock();
    deps = new FakeDependencies(storage, clock);
    deps.sources = [new FakeSource(() => [ranks(1, 10)])];
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await storage.close();
    rmSync(folder, { recursive: true });
  });

  async function submit(changes: Partial<JobRequest> = {}, inMs = -100): Promise<Job> {
    return (await storage.jobs.submit(sampleJob('job', clock.now() + inMs, changes))).job;
  }

  async function run(job: Job, signal = NEVER): Promise<Job | null> {
    await runJob(job.id, signal, deps);
    return storage.jobs.get(job.id);
  }

  it('delivers the exact count and records when it expires', async () => {
    const before = clock.now();
    const done = await run(await submit({ count: 3 }));
    expect(done).toMatchObject({ state: 'ready', delivered: 3, shortfall: [], epoch: 1, cause: null });
    expect(done?.archive?.name).toBe(`${done?.id}/1.zip`);
    expect(done?.expiresAt).toBeGreaterThanOrEqual(before + deps.settings.linkTtlMs);
    expect(done?.progress).toMatchObject({ found: 10, kept: 3, bytes: 3000 });
    expect(deps.told.map(({ state }) => state)).toEqual(['running', 'ready']);
    expect((await storage.jobs.notices(done?.id ?? '')).map(({ slot }) => slot).toSorted()).toEqual([
      'end',
      'start',
    ]);
  });

  it('passes over what the jobs before delivered, and counts it nowhere', async () => {
    const first = await run(await submit({ count: 3 }));
    const excluded = excludedImages(await storage.jobs.images(first?.id ?? ''));
    const given = { ...sampleJob('next', clock.now() - 100, { count: 3 }), excluded };
    deps.tried.length = 0;
    const next = await run((await storage.jobs.submit(given)).job);
    expect(next).toMatchObject({ state: 'ready', delivered: 3, progress: { found: 7, kept: 3 } });
    expect(deps.tried).toEqual(['doc4', 'doc5', 'doc6']);
    const records = await storage.jobs.images(given.id);
    expect(records.filter(({ outcome }) => outcome.status === 'excluded')).toHaveLength(3);
  });

  it('says so if the search gives nothing but what was delivered before', async () => {
    const first = await run(await submit({ count: 10 }));
    const excluded = excludedImages(await storage.jobs.images(first?.id ?? ''));
    const { job } = await storage.jobs.submit({ ...sampleJob('next', clock.now() - 100), excluded });
    expect(await run(job)).toMatchObject({ state: 'failed', cause: { code: 'job.nothing_new' } });
  });

  it('stores every link before its download', async () => {
    const missing: string[] = [];
    deps.beforeEach = async ({ urlHash }) => {
      const known = await storage.jobs.images(job.id);
      if (!known.some((record) => record.urlHash === urlHash)) missing.push(urlHash);
    };
    const job = await submit();
    await run(job);
    expect(deps.tried).toHaveLength(3);
    expect(missing).toEqual([]);
  });

  it('replaces bad candidates by later ones', async () => {
    deps.verdict = ({ candidate }) => (candidate.rank % 2 === 0 ? 'broken_image' : null);
    const done = await run(await submit({ count: 4 }));
    expect(done).toMatchObject({ state: 'ready', delivered: 4, shortfall: [] });
    const kept = (await storage.jobs.images(done?.id ?? '')).filter(
      ({ outcome }) => outcome.status === 'kept',
    );
    expect(kept.map(({ candidate }) => candidate.rank)).toEqual([1, 3, 5, 7]);
  });

  it('counts the missing images by reason', async () => {
    deps.verdict = ({ candidate }) =>
      (({ 2: 'http_status', 5: 'timeout', 6: 'timeout' }) as const)[candidate.rank] ?? null;
    const done = await run(await submit({ count: 20 }));
    expect(done).toMatchObject({
      state: 'ready',
      delivered: 7,
      shortfall: [
        { reason: 'search_exhausted', count: 10 },
        { reason: 'timeout', count: 2 },
        { reason: 'http_status', count: 1 },
      ],
    });
  });

  it('names the block that ended the search early', async () => {
    deps.sources = [new FakeSource(() => [ranks(1, 5), new AppError('source.blocked')])];
    const done = await run(await submit({ count: 20 }));
    expect(done).toMatchObject({
      state: 'ready',
      delivered: 5,
      shortfall: [{ reason: 'source.blocked', count: 15 }],
    });
  });

  it.each([
    'source.no_results',
    'source.blocked',
    'source.consent_wall',
    'source.layout_changed',
    'browser.missing',
  ] as const)('fails with %s where that left nothing, and leaves no files', async (code) => {
    deps.sources = [new FakeSource(() => [new AppError(code)])];
    const done = await run(await submit());
    expect(done).toMatchObject({ state: 'failed', cause: { code }, archive: null });
    expect(deps.removed).toEqual([done?.id]);
    expect(deps.told.map(({ state }) => state)).toEqual(['running', 'failed']);
  });

  it('fails without a single good image', async () => {
    deps.verdict = () => 'not_an_image';
    const done = await run(await submit());
    expect(done).toMatchObject({
      state: 'failed',
      cause: { code: 'job.no_images', context: { found: 10, not_an_image: 10 } },
    });
  });

  it('searches an engine again in the same run after a temporary failure', async () => {
    let searches = 0;
    deps.sources = [
      new FakeSource(() => {
        searches += 1;
        return searches === 1 ? [ranks(1, 2), new AppError('browser.crashed')] : [ranks(1, 10)];
      }),
    ];
    const done = await run(await submit({ count: 5 }));
    expect(done).toMatchObject({ state: 'ready', delivered: 5, shortfall: [] });
    expect(deps.tried).toEqual(['doc1', 'doc2', 'doc3', 'doc4', 'doc5']);
  });

  it('is tried again later, a few times, after a temporary failure; then the failure is final', async () => {
    deps.sources = [new FakeSource(() => [new AppError('source.unreachable')])];
    clock.stop();
    const job = await submit();
    const waits: number[] = [];
    let now = await run(job);
    while (now?.state === 'scheduled' && waits.length < 10) {
      waits.push(now.dueAt - clock.now());
      clock.advance(now.dueAt - clock.now() + 1);
      now = await run(job);
    }
    expect(waits.map((waitMs) => Math.round(waitMs / 1000))).toEqual([5, 20, 60]);
    expect(deps.queue.scheduled).toHaveLength(3);
    expect(now).toMatchObject({ state: 'failed', attempts: 4, cause: { code: 'source.unreachable' } });
  });

  it('delivers a complete set even if the store fails a moment later, in the last pull', async () => {
    await using server = await HostileServer.start();
    await using collecting = await Collecting.start();
    const images = await Promise.all([1, 2, 3].map((seed) => jpeg(seed, 64, 48)));
    const urls = images.map((bytes, index) => server.on(`/${index}`, whole(bytes)));
    const found = urls.map((imageUrl, index) => sampleCandidate(index + 1, { imageUrl, claimed: null }));
    deps.sources = [new FakeSource(() => [found, ranks(4, 9)])];
    const hasFailed = Promise.withResolvers<void>();
    const put = deps.archives.put.bind(deps.archives);
    const thumbnails = jest.spyOn(deps.archives, 'put').mockImplementation(async (name, content) => {
      // The last download is still running when the store fails.
      if (thumbnails.mock.calls.length === 3) await hasFailed.promise;
      return put(name, content);
    });
    const saveImages = storage.jobs.saveImages.bind(storage.jobs);
    jest.spyOn(storage.jobs, 'saveImages').mockImplementation(async (id, records) => {
      if (!records.some(({ candidate }) => candidate.rank > 3)) return saveImages(id, records);
      await until('all have their places', () => thumbnails.mock.calls.length === 3);
      setImmediate(hasFailed.resolve);
      throw new AppError('storage.unavailable');
    });
    const job = await submit();
    await runJob(job.id, NEVER, { ...deps, collector: collecting.collector });
    const done = await storage.jobs.get(job.id);
    expect(done).toMatchObject({ state: 'ready', delivered: 3, attempts: 1, shortfall: [], cause: null });
    expect((await storage.jobs.images(job.id)).map(({ outcome }) => outcome.status)).toEqual([
      'kept',
      'kept',
      'kept',
    ]);
  });

  it('hands the job back at a shutdown without spending an attempt', async () => {
    const shutdown = new AbortController();
    deps.beforeEach = ({ candidate }) => {
      if (candidate.rank === 3) shutdown.abort(new AppError('job.stopped'));
      return Promise.resolve();
    };
    const job = await submit();
    const left = await run(job, shutdown.signal);
    expect(left).toMatchObject({ state: 'scheduled', attempts: 0, dueAt: job.dueAt });
    expect(deps.removed).toEqual([]);
  });

  it('continues from the records of an earlier run that broke off', async () => {
    const shutdown = new AbortController();
    deps.beforeEach = ({ candidate }) => {
      if (candidate.rank === 5) shutdown.abort(new AppError('job.stopped'));
      return Promise.resolve();
    };
    const job = await submit({ count: 6 });
    await run(job, shutdown.signal);
    deps.beforeEach = () => Promise.resolve();
    const done = await run(job);
    expect(done).toMatchObject({ state: 'ready', delivered: 6, epoch: 2 });
    expect(deps.tried).toEqual(['doc1', 'doc2', 'doc3', 'doc4', 'doc5', 'doc6']);
  });

  it('stops when its job is cancelled, removes its files and sends no notice', async () => {
    const job = await submit();
    deps.beforeEach = async ({ candidate }, signal) => {
      if (candidate.rank !== 2) return;
      const stopped = once(signal, 'abort');
      await storage.jobs.cancel(job.id, clock.now(), clock.now() + 1000);
      await stopped;
    };
    const left = await run(job);
    expect(left?.state).toBe('cancelled');
    expect(deps.tried).toEqual(['doc1']);
    expect(deps.removed).toEqual([job.id]);
    expect([...deps.archives.objects.keys()]).toEqual([]);
    expect((await storage.jobs.notices(job.id)).map(({ slot, status }) => [slot, status])).toEqual([
      ['start', 'dropped'],
    ]);
  });

  it('publishes nothing after another worker took the job over', async () => {
    const job = await submit();
    deps.beforeEach = async ({ candidate }) => {
      if (candidate.rank === 3) await storage.jobs.begin(job.id, 1, clock.now());
    };
    const left = await run(job);
    expect(left).toMatchObject({ state: 'running', epoch: 2, archive: null });
    expect([...deps.archives.objects.keys()].filter((name) => name.endsWith('.zip'))).toEqual([]);
  });

  it('only schedules a job that is not due yet', async () => {
    const job = await submit({}, 60_000);
    const left = await run(job);
    expect(left).toMatchObject({ state: 'scheduled', epoch: 0 });
    expect(deps.queue.scheduled).toEqual([{ id: job.id, at: job.dueAt }]);
  });

  it('fails visibly for a job 30 days overdue', async () => {
    const job = await submit({}, -MAX_OVERDUE_MS - 1000);
    const left = await run(job);
    expect(left).toMatchObject({ state: 'failed', cause: { code: 'job.too_old' } });
    expect(deps.told.map(({ state }) => state)).toEqual(['failed']);
  });

  it('gives up a job that brought ten runs down', async () => {
    const job = await submit();
    for (let epoch = 0; epoch < 10; epoch += 1) await storage.jobs.begin(job.id, epoch, clock.now());
    expect(await run(job)).toMatchObject({ state: 'failed', cause: { code: 'job.attempts_exhausted' } });
  });

  it('does nothing for a job that ended or never existed', async () => {
    const job = await submit();
    await run(job);
    const told = deps.told.length;
    expect(await run(job)).toMatchObject({ state: 'ready', epoch: 1 });
    await runJob('0'.repeat(32), NEVER, deps);
    expect(deps.told).toHaveLength(told);
  });

  it('removes the archive that an earlier run could not publish', async () => {
    const job = await submit();
    await storage.jobs.begin(job.id, 0, clock.now());
    deps.archives.objects.set(`${job.id}/1.zip`, Buffer.from('unpublished'));
    await run(job);
    expect([...deps.archives.objects.keys()].filter((name) => name.endsWith('.zip'))).toEqual([
      `${job.id}/2.zip`,
    ]);
  });
});
