import { setTimeout as sleep } from 'node:timers/promises';
import { openCassandra } from '../../src/storage/cassandra/open-cassandra.js';
import { isAppError } from '../../src/jobs/app-error.js';
import type { JobStore } from '../../src/jobs/job-store.port.js';
import type { Storage } from '../../src/storage/storage.js';
import { cassandraSettings } from '../contract/stores/cassandra-harness.js';
import { ANN, anImage, aNewJob, KEPT, NOW, present, ready, submitted } from '../contract/stores/samples.js';
import { atOnce, collected, SkewedClock } from '../contract/stores/store-harness.js';
import { type CassandraServer, startCassandra } from '../support/cassandra/cassandra-server.js';

/** Covers a call, the read that resolves it, and some slack for two busy cores. */
const DEADLINE_MS = 25_000;
const RECOVERY_MS = 10_000;
const POLL_MS = 100;

describe('three nodes of Cassandra', () => {
  let server: CassandraServer;
  let first: Storage;
  let second: Storage;
  let store: JobStore;
  beforeAll(async () => {
    // On two busy cores three nodes miss heartbeats of each other: only hanging nodes shall count as down.
    server = await startCassandra(3, ['phi_convict_threshold: 12']);
    const settings = cassandraSettings(server, 'faults', {
      cassandraReplication: [{ datacenter: null, copies: 3 }],
    });
    first = await openCassandra(settings, new SkewedClock(0));
    second = await openCassandra(settings, new SkewedClock(0));
    store = first.jobs;
  }, 300_000);
  afterAll(async () => {
    for (const node of server.nodes) node.resume();
    await first.close();
    await second.close();
    await server.stop();
  }, 60_000);

  const pause = (count: number): void => server.nodes.slice(3 - count).forEach((node) => node.pause());
  const resume = (): void => server.nodes.forEach((node) => node.resume());

  /** A whole job from submission to deletion, in which every step must succeed. */
  async function wholeJob(client: JobStore): Promise<number> {
    const startedMs = performance.now();
    const given = aNewJob();
    expect(await client.submit(given)).toMatchObject({ created: true });
    expect(await client.begin(given.id, 0, NOW)).toMatchObject({ epoch: 1 });
    const key = { jobId: given.id, slot: 'start' as const, recipient: ANN };
    await client.settleNotice(present(await client.claimNotice(key, NOW)), { status: 'sent' });
    await client.saveImages(given.id, [anImage(0), anImage(1, KEPT)]);
    await client.saveProgress(given.id, 1, 'zipping', {
      found: 2,
      kept: 1,
      rejected: {},
      bytes: 9,
      engines: [],
    });
    expect(await client.finish(given.id, 1, ready({ id: given.id, epoch: 1 }))).toMatchObject({
      state: 'ready',
    });
    expect(await client.images(given.id)).toHaveLength(2);
    await client.delete(given.id);
    expect(await client.get(given.id)).toBeNull();
    return performance.now() - startedMs;
  }

  /** The result of a call, after checking that it came in time. */
  async function timely<T>(call: Promise<T>): Promise<T | 'storage error'> {
    const startedMs = performance.now();
    try {
      return await call;
    } catch (error) {
      if (!isAppError(error, 'storage.unavailable', 'storage.outcome_unknown')) throw error;
      return 'storage error';
    } finally {
      expect(performance.now() - startedMs).toBeLessThan(DEADLINE_MS);
    }
  }

  async function recoveredAfterMs(): Promise<number> {
    const startedMs = performance.now();
    for (;;) {
      const answer = await timely(store.submit(aNewJob()));
      if (answer !== 'storage error') return performance.now() - startedMs;
      await sleep(POLL_MS);
    }
  }

  it('run whole jobs while all are up', async () => {
    const times = await atOnce([first.jobs, second.jobs], 10, wholeJob);
    expect(times).toHaveLength(10);
  }, 60_000);

  it('keep working if one hangs, before and after it is detected', async () => {
    pause(1);
    try {
      for (let round = 0; round < 4; round += 1) {
        const times = await atOnce([first.jobs, second.jobs], 6, wholeJob);
        process.stdout.write(`one hangs, round ${round}: slowest job ${Math.round(Math.max(...times))} ms\n`);
      }
      expect(await collected(store.due(0, NOW))).toBeDefined();
    } finally {
      resume();
    }
    expect(await recoveredAfterMs()).toBeLessThan(RECOVERY_MS);
  }, 240_000);

  it('fail clearly and in time if two hang, run nothing twice, and recover', async () => {
    const jobs = await Promise.all(Array.from({ length: 6 }, () => submitted(store)));
    pause(2);
    const answers = await Promise.all([
      ...jobs.flatMap(({ id }) => [
        timely(first.jobs.begin(id, 0, NOW)),
        timely(second.jobs.begin(id, 0, NOW)),
      ]),
      timely(store.submit(aNewJob())),
      timely(store.get(present(jobs[0]).id)),
      timely(first.keyed.get({ kind: 'breaker', key: 'x', item: '' }, NOW)),
      timely(store.ping(AbortSignal.timeout(5000)).then(() => null)),
      timely(collected(store.due(0, NOW))),
    ]);
    expect(answers.filter((answer) => answer === 'storage error').length).toBeGreaterThan(12);
    // By now the hanging nodes are known: no call waits for them.
    await sleep(12_000);
    const startedMs = performance.now();
    expect(await timely(store.submit(aNewJob()))).toBe('storage error');
    process.stdout.write(`two hang: refused after ${Math.round(performance.now() - startedMs)} ms\n`);

    resume();
    const recoveredMs = await recoveredAfterMs();
    process.stdout.write(`two back: recovered after ${Math.round(recoveredMs)} ms\n`);
    expect(recoveredMs).toBeLessThan(RECOVERY_MS);
    for (const { id } of jobs) {
      const seen = present(await store.get(id));
      expect(seen.epoch).toBeLessThanOrEqual(1);
      expect(seen.attempts).toBe(seen.epoch);
      const next = await atOnce([first.jobs, second.jobs], 6, (client) => client.begin(id, seen.epoch, NOW));
      expect(next.filter((begun) => begun !== null)).toHaveLength(1);
      expect(await store.notices(id)).toHaveLength(2);
    }
  }, 240_000);

  it('lose nothing and resurrect nothing if one is killed during the work', async () => {
    const kept = await submitted(store);
    await store.saveImages(kept.id, [anImage(0, KEPT)]);
    const gone = await submitted(store);
    await store.saveImages(gone.id, [anImage(0)]);
    const node = present(server.nodes[2]);
    await node.kill();
    await store.delete(gone.id);
    await wholeJob(store);
    await node.start();
    await sleep(2000);
    expect(await store.get(gone.id)).toBeNull();
    expect(await store.images(gone.id)).toEqual([]);
    expect(await store.images(kept.id)).toEqual([anImage(0, KEPT)]);
    expect(await store.submit(aNewJob({}, gone.id))).toMatchObject({ created: true });
    expect(await store.images(gone.id)).toEqual([]);
  }, 240_000);
});
