import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseSettings } from '../../../src/config/parse-settings.js';
import { isAppError } from '../../../src/jobs/app-error.js';
import type { JobId } from '../../../src/jobs/job.js';
import type { RunJob } from '../../../src/jobs/job-queue.port.js';
import { EmbeddedJobQueue } from '../../../src/scheduling/embedded.job-queue.js';
import { openSqlite } from '../../../src/storage/sqlite/open-sqlite.js';
import type { Storage } from '../../../src/storage/storage.js';
import { idOf, sampleJob } from '../../support/sample-jobs.js';
import { TestClock } from '../../support/test-clock.js';
import { until } from '../../support/until.js';

describe('the embedded queue', () => {
  let folder: string;
  let storage: Storage;
  let clock: TestClock;
  let queues: EmbeddedJobQueue[];
  let started: { readonly id: JobId; readonly lateMs: number }[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'queue-'));
    storage = await openSqlite(folder);
    clock = new TestClock();
    queues = [];
    started = [];
  });

  afterEach(async () => {
    for (const queue of queues) await queue.stop();
    await storage.close();
    rmSync(folder, { recursive: true });
  });

  function makeQueue(concurrency = 2): EmbeddedJobQueue {
    const { settings } = parseSettings({ JOB_CONCURRENCY: String(concurrency) });
    const queue = new EmbeddedJobQueue(storage.jobs, clock, settings, storage.lease);
    queues.push(queue);
    return queue;
  }

  async function submit(name: string, inMs: number): Promise<JobId> {
    const { job } = await storage.jobs.submit(sampleJob(name, clock.now() + inMs));
    return job.id;
  }

  /** Begins the job, records its delay, and cancels it so that it is not due again. */
  const noteStart: RunJob = async (id) => {
    const job = await storage.jobs.get(id);
    started.push({ id, lateMs: clock.now() - (job?.dueAt ?? 0) });
    await storage.jobs.cancel(id, clock.now(), clock.now() + 1000);
  };

  it('starts a job at its instant, not before', async () => {
    const queue = makeQueue();
    await queue.start(noteStart);
    const id = await submit('soon', 150);
    await queue.schedule(id, clock.now() + 150);
    expect(started).toEqual([]);
    await until('one start', () => started.length === 1);
    expect(started[0]?.id).toBe(id);
    expect(started[0]?.lateMs).toBeGreaterThanOrEqual(0);
  });

  it('starts jobs that became due while the service was down, in due order', async () => {
    for (const [name, inMs] of [
      ['c', -1000],
      ['a', -3000],
      ['b', -2000],
    ] as const)
      await submit(name, inMs);
    await makeQueue(1).start(noteStart);
    await until('three starts', () => started.length === 3);
    expect(started.map(({ id }) => id)).toEqual(['a', 'b', 'c'].map(idOf));
  });

  it('keeps to the limit of concurrent jobs, and runs each once however often it is scheduled', async () => {
    const queue = makeQueue(2);
    const named = Promise.withResolvers<void>();
    let running = 0;
    let most = 0;
    await queue.start(async (id, signal) => {
      running += 1;
      most = Math.max(most, running);
      await named.promise;
      await noteStart(id, signal);
      running -= 1;
    });
    for (let index = 0; index < 6; index += 1) {
      const id = await submit(`job ${index}`, 0);
      for (let times = 0; times < 3; times += 1) await queue.schedule(id, clock.now());
    }
    named.resolve();
    await until('six starts', () => started.length === 6);
    await queue.load();
    await sleep(30);
    expect(started).toHaveLength(6);
    expect(most).toBe(2);
  });

  it('does not start a running job again if it is scheduled meanwhile', async () => {
    const queue = makeQueue(1);
    const id = await submit('named while it runs', 0);
    await queue.start(async (running, signal) => {
      await queue.schedule(running, clock.now());
      await noteStart(running, signal);
    });
    const after = await submit('after it', 0);
    await queue.schedule(after, clock.now());
    await until('the start of the other', () => started.some((start) => start.id === after));
    expect(started.map((start) => start.id)).toEqual([id, after]);
  });

  it('looks again at a job whose run failed', async () => {
    const queue = makeQueue();
    let tries = 0;
    await queue.start(async (id, signal) => {
      tries += 1;
      if (tries === 1) throw new Error('the store went away');
      await noteStart(id, signal);
    });
    await queue.schedule(await submit('stubborn', 0), clock.now());
    await until('one start', () => started.length === 1);
    expect(tries).toBe(2);
  });

  it('notices within a second that the clock was set forward', async () => {
    const queue = makeQueue();
    await queue.start(noteStart);
    await queue.schedule(await submit('in two minutes', 120_000), clock.now() + 120_000);
    clock.advance(120_000);
    await until('one start', () => started.length === 1);
    expect(started).toHaveLength(1);
  });

  it('starts nothing early if the clock is set back', async () => {
    const queue = makeQueue();
    await queue.start(noteStart);
    await queue.schedule(await submit('soon', 100), clock.now() + 100);
    clock.advance(-60_000);
    await sleep(300);
    expect(started).toEqual([]);
  });

  it('hands running jobs back when it stops, and starts no more', async () => {
    const queue = makeQueue();
    const reasons: unknown[] = [];
    await queue.start(
      (_id, signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            reasons.push(signal.reason);
            resolve();
          });
        }),
    );
    await queue.schedule(await submit('long', 0), clock.now());
    await queue.stop();
    await queue.schedule(await submit('later', 0), clock.now());
    expect(reasons.map((reason) => isAppError(reason, 'job.stopped'))).toEqual([true]);
    await expect(queue.ping()).rejects.toMatchObject({ code: 'queue.stopped' });
  });

  it('refuses to start beside another worker with the same records', async () => {
    await makeQueue().start(noteStart);
    const second = await openSqlite(folder);
    const { settings } = parseSettings({});
    const rival = new EmbeddedJobQueue(second.jobs, clock, settings, second.lease);
    await expect(rival.start(noteStart)).rejects.toMatchObject({ code: 'queue.taken' });
    await second.close();
  });
});
