import { randomUUID } from 'node:crypto';
import { openCassandra } from '../../../src/storage/cassandra/open-cassandra.js';
import type { JobStore } from '../../../src/jobs/job-store.port.js';
import type { NoticeKey } from '../../../src/jobs/notice.js';
import type { Storage } from '../../../src/storage/storage.js';
import { CassandraProxy, type Fault } from '../../support/cassandra/cassandra-proxy.js';
import type { CassandraServer } from '../../support/cassandra/cassandra-server.js';
import { cassandraSettings, inspect, rowsOf } from './cassandra-harness.js';
import { ANN, aNewJob, failed, HOUR_MS, NOW, present, ready, running, submitted } from './samples.js';
import { SkewedClock } from './store-harness.js';

const KEYSPACE = 'lost_answers';

/** A fault for the next call of any kind. */
export type LostAnswer = Omit<Fault, 'statement'>;

/** The contract for conditional writes whose response is lost. */
export function describeLostAnswers(server: () => CassandraServer, faults: readonly LostAnswer[]): void {
  const never = new AbortController().signal;

  describe.each(faults)('a conditional write with arrives: $arrives, answer: $answer', (fault) => {
    let proxy: CassandraProxy;
    let storage: Storage;
    let store: JobStore;
    let direct: Storage;
    beforeAll(async () => {
      const { datacenter, contactPoints } = server();
      proxy = await CassandraProxy.start(present(contactPoints[0]));
      const behind = { datacenter, contactPoints: [proxy.contactPoint] };
      storage = await openCassandra(cassandraSettings(behind, KEYSPACE), new SkewedClock(0));
      direct = await openCassandra(cassandraSettings(server(), KEYSPACE), new SkewedClock(0));
      store = storage.jobs;
    });
    afterAll(async () => {
      await storage.close();
      await direct.close();
      await proxy.stop();
    });
    afterEach(() => expect(proxy.hasStruck).toBe(true));
    const arm = (statement: RegExp): void => proxy.arm({ ...fault, statement });

    it('creates a job once, and reports it as created', async () => {
      const given = aNewJob();
      arm(/IF state = null/);
      expect(await store.submit(given)).toMatchObject({ created: true, job: { state: 'scheduled' } });
      expect(await direct.jobs.submit(given)).toMatchObject({ created: false });
    });

    it('begins a run once, with its notices', async () => {
      const { id } = await submitted(store);
      arm(/UPDATE \S+job .*IF version/s);
      expect(await store.begin(id, 0, NOW)).toMatchObject({ epoch: 1, attempts: 1 });
      expect(await direct.jobs.get(id)).toMatchObject({ epoch: 1, attempts: 1 });
      expect(await direct.jobs.notices(id)).toHaveLength(2);
    });

    it('finishes a run once', async () => {
      const job = await running(store);
      arm(/UPDATE \S+job .*IF version/s);
      expect(await store.finish(job.id, 1, ready(job))).toMatchObject({ state: 'ready' });
      expect(await direct.jobs.finish(job.id, 1, failed())).toBeNull();
    });

    it('extends a job once', async () => {
      const job = await running(store);
      await store.finish(job.id, 1, ready(job));
      arm(/UPDATE \S+job .*IF version/s);
      const until = ready(job).expiresAt + HOUR_MS;
      expect(await store.extend(job.id, NOW, until)).toMatchObject({ extended: true, expiresAt: until });
    });

    it('claims a notice once, and settles it', async () => {
      const { id: jobId } = await running(store);
      const key: NoticeKey = { jobId, slot: 'start', recipient: ANN };
      arm(/claim = \?/);
      const claimed = present(await store.claimNotice(key, NOW + 1000));
      expect(claimed).toMatchObject({ status: 'sending', attempts: 1 });
      expect(await direct.jobs.claimNotice(key, NOW + 1000)).toBeNull();
      arm(/not_before = \?.*IF notice_status = 'sending'/s);
      await store.settleNotice(claimed, { status: 'sent' });
      expect((await direct.jobs.notices(jobId))[0]).toMatchObject({ status: 'sent', attempts: 1 });
    });

    it('deletes a job completely', async () => {
      const { id } = await running(store);
      arm(/SET version = \?, ops = \?, state = \?,\s+stage = null/);
      await store.delete(id);
      const inspector = inspect(server(), KEYSPACE);
      expect(await rowsOf(inspector, id)).toBe(0);
      await inspector.shutdown();
    });

    it('stores a keyed entry once', async () => {
      const entry = { kind: 'breaker' as const, key: randomUUID(), item: '', value: 'open', expiresAt: null };
      arm(/INSERT INTO \S+keyed/);
      expect(await storage.keyed.putIfAbsent(entry, NOW)).toBe(true);
      expect(await direct.keyed.putIfAbsent(entry, NOW)).toBe(false);
      arm(/DELETE FROM \S+keyed/);
      await storage.keyed.delete(entry);
      expect(await direct.keyed.get(entry, NOW)).toBeNull();
    });

    it('takes and keeps the lease', async () => {
      arm(/INSERT INTO \S+lease/);
      expect(await storage.lease.acquire('host:1', never)).toEqual({ isHeld: true });
      arm(/UPDATE \S+lease/);
      expect(await storage.lease.renew('host:1')).toBe(true);
      await storage.lease.release('host:1');
    });
  });
}
