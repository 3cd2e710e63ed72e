import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'cassandra-driver';
import { openCassandra } from '../../../src/storage/cassandra/open-cassandra.js';
import type { JobStore } from '../../../src/jobs/job-store.port.js';
import type { Storage } from '../../../src/storage/storage.js';
import type { CassandraServer } from '../../support/cassandra/cassandra-server.js';
import { cassandraSettings, inspect, rowsOf } from './cassandra-harness.js';
import { anImage, aNewJob, HOUR_MS, newId, NOW, ready, running } from './samples.js';
import { collected, SkewedClock } from './store-harness.js';

const KEYSPACE = 'left_overs';
const HOUR = new Date(NOW - 5 * HOUR_MS - ((NOW - 5 * HOUR_MS) % HOUR_MS));
const POLL_MS = 100;
/** Longer than a busy machine needs to write all rows that expire then. */
const PURGED_AFTER_MS = 10_000;

/** The contract for left-overs of jobs whose process, or sweeper, died at the worst moment. */
export function describeLeftOvers(server: () => CassandraServer): void {
  describe('left-overs', () => {
    let storage: Storage;
    let store: JobStore;
    let inspector: Client;
    beforeAll(async () => {
      storage = await openCassandra(cassandraSettings(server(), KEYSPACE), new SkewedClock(0));
      store = storage.jobs;
      inspector = inspect(server(), KEYSPACE);
    });
    afterAll(async () => {
      await inspector.shutdown();
      await storage.close();
    });

    const markDeleted = (id: string): Promise<unknown> =>
      inspector.execute("UPDATE job SET state = 'deleted', version = 9 WHERE job_id = ? IF EXISTS", [id]);
    const shardOf = (id: string): number => Number.parseInt(id.slice(-2), 16) % 4;
    const addHint = async (kind: string, id: string, micros: number): Promise<void> => {
      const hint = `INSERT INTO hint (kind, bucket, shard, at, job_id, mark) VALUES (?, ?, ?, ?, ?, true) USING TIMESTAMP ${micros}`;
      await inspector.execute(hint, [kind, HOUR, shardOf(id), HOUR, id]);
      const bucket = `INSERT INTO hint_bucket (kind, bucket, until, mark) VALUES (?, ?, ?, true)`;
      await inspector.execute(bucket, [kind, HOUR, new Date(NOW + 24 * HOUR_MS)]);
    };
    const bucketsOf = async (kind: string): Promise<number> => {
      const query = 'SELECT count(*) AS n FROM hint_bucket WHERE kind = ? AND bucket = ?';
      return Number((await inspector.execute(query, [kind, HOUR])).first().get('n'));
    };

    it('of a deletion are invisible, and the next deletion removes them', async () => {
      const { id } = await running(store);
      await store.saveImages(id, [anImage(0)]);
      await markDeleted(id);
      expect(await store.get(id)).toBeNull();
      expect(await store.images(id)).toEqual([]);
      expect(await store.begin(id, 1, NOW)).toBeNull();
      await store.delete(id);
      expect(await inspector.execute('SELECT * FROM job WHERE job_id = ?', [id])).toMatchObject({
        rowLength: 0,
      });
      const images = await inspector.execute('SELECT * FROM image WHERE job_id = ? ALLOW FILTERING', [id]);
      expect(images.rowLength).toBe(0);
    });

    it('of a deletion do not block a new job with the same id', async () => {
      const { id } = await running(store);
      await markDeleted(id);
      const given = aNewJob({}, id);
      expect(await store.submit(given)).toMatchObject({
        created: true,
        job: { state: 'scheduled', epoch: 0 },
      });
      expect(await store.notices(id)).toEqual([]);
    });

    it('of hints without a job are removed when they are found, with their bucket', async () => {
      const id = newId();
      const longAgo = (NOW - HOUR_MS) * 1000;
      for (const kind of ['due', 'ends', 'notice']) await addHint(kind, id, longAgo);
      const named = [
        ...(await collected(store.due(0, NOW))),
        ...(await collected(store.expiring(NOW))),
        ...(await collected(store.noticesDue(NOW))),
      ];
      expect(named.filter(({ jobId }) => jobId === id)).toEqual([]);
      expect(await rowsOf(inspector, id)).toBe(0);
      for await (const _ of store.due(0, NOW));
      expect(await bucketsOf('due')).toBe(0);
    });

    it('are kept if they may belong to a submission in progress', async () => {
      const id = newId();
      for (const kind of ['due', 'ends', 'notice']) await addHint(kind, id, Date.now() * 1000);
      await collected(store.due(0, NOW));
      await collected(store.expiring(NOW));
      await collected(store.noticesDue(NOW));
      expect(await rowsOf(inspector, id)).toBe(3);
    });

    it('of a whole job have a TTL that ends at the instant fixed at its submission', async () => {
      const { id } = await running(store);
      await store.saveImages(id, [anImage(0)]);
      await store.saveProgress(id, 1, 'zipping', { found: 1, kept: 1, rejected: {}, bytes: 1, engines: [] });
      await store.finish(id, 1, ready({ id, epoch: 1 }));
      const wholeMs = NOW + 32 * 24 * HOUR_MS - Date.now();
      const query =
        'SELECT TTL(request), TTL(live), TTL(state), TTL(archive), TTL(notice_status) FROM job WHERE job_id = ?';
      const rows = (await inspector.execute(query, [id])).rows;
      expect(rows).toHaveLength(4);
      const seconds = rows.flatMap((row) => row.values().map(Number));
      for (const ttl of seconds) expect(Math.abs(ttl - wholeMs / 1000)).toBeLessThan(10);
    });

    it('are gone after that instant', async () => {
      const given = { ...aNewJob({ dueAt: Date.now() }), purgeAt: Date.now() + PURGED_AFTER_MS };
      await store.submit(given);
      await store.begin(given.id, 0, Date.now());
      await store.saveImages(given.id, [anImage(0), anImage(1)]);
      await store.saveProgress(given.id, 1, 'zipping', {
        found: 1,
        kept: 1,
        rejected: {},
        bytes: 1,
        engines: [],
      });
      expect(await rowsOf(inspector, given.id)).toBe(2 + 2 + 3);
      await store.finish(given.id, 1, ready({ id: given.id, epoch: 1 }, Date.now()));
      const giveUpAt = performance.now() + PURGED_AFTER_MS + 15_000;
      while ((await rowsOf(inspector, given.id)) > 0 && performance.now() < giveUpAt) await sleep(POLL_MS);
      expect(await rowsOf(inspector, given.id)).toBe(0);
      expect(await store.get(given.id)).toBeNull();
    }, 60_000);
  });
}
