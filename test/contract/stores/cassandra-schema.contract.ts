import type { Client } from 'cassandra-driver';
import { openCassandra } from '../../../src/storage/cassandra/open-cassandra.js';
import { CASSANDRA_STEPS, CASSANDRA_TABLES } from '../../../src/storage/cassandra/schema/schema.js';
import type { Storage } from '../../../src/storage/storage.js';
import type { CassandraServer } from '../../support/cassandra/cassandra-server.js';
import { until } from '../../support/until.js';
import { cassandraSettings, inspect } from './cassandra-harness.js';
import { aNewJob, submitted } from './samples.js';
import { SkewedClock } from './store-harness.js';

const openSockets = (): number =>
  process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;

/** The contract of the migrator. */
export function describeSchema(server: () => CassandraServer): void {
  describe('its keyspace and tables', () => {
    const clock = new SkewedClock(0);
    let count = 0;
    let keyspace: string;
    let opened: Storage[];
    let inspector: Client;
    beforeEach(() => {
      keyspace = `schema_${(count += 1)}`;
      opened = [];
      inspector = inspect(server(), 'system_schema');
    });
    afterEach(async () => {
      await inspector.shutdown();
      for (const storage of opened) await storage.close();
    });
    const open = async (more = {}): Promise<Storage> => {
      const storage = await openCassandra(cassandraSettings(server(), keyspace, more), clock);
      opened.push(storage);
      return storage;
    };
    const tables = async (): Promise<string[]> => {
      const { rows } = await inspector.execute('SELECT table_name FROM tables WHERE keyspace_name = ?', [
        keyspace,
      ]);
      return rows.map((row) => String(row.get('table_name'))).toSorted();
    };

    it('are created once by many processes that start together', async () => {
      const storages = await Promise.all(Array.from({ length: 8 }, () => open()));
      expect(await tables()).toEqual([...CASSANDRA_TABLES, 'schema_version'].toSorted());
      const given = aNewJob();
      const answers = await Promise.all(storages.map(({ jobs }) => jobs.submit(given)));
      expect(answers.filter(({ created }) => created)).toHaveLength(1);
      const { rows } = await inspector.execute(`SELECT name, version FROM ${keyspace}.schema_version`);
      expect(rows.map((row) => [row.get('name'), row.get('version')])).toEqual([
        ['schema', CASSANDRA_STEPS.length],
      ]);
    }, 60_000);

    it('keep their data at the next start', async () => {
      const first = await open();
      const job = await submitted(first.jobs);
      await first.close();
      expect(await (await open()).jobs.get(job.id)).toEqual(job);
    });

    it('are completed after an interrupted migration, and keep their data', async () => {
      const job = await submitted((await open()).jobs);
      await inspector.execute(`DROP TABLE ${keyspace}.lease`);
      await inspector.execute(`DELETE FROM ${keyspace}.schema_version WHERE name = 'schema'`);
      const again = await open();
      expect(await again.jobs.get(job.id)).toEqual(job);
      await expect(again.lease.renew('nobody')).resolves.toBe(false);
    });

    it('use a keyspace that the operator created, without changing it', async () => {
      const made = `CREATE KEYSPACE ${keyspace} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}`;
      await inspector.execute(made);
      await submitted((await open()).jobs);
      const query = 'SELECT replication FROM keyspaces WHERE keyspace_name = ?';
      const row = (await inspector.execute(query, [keyspace])).first();
      expect(JSON.stringify(row.get('replication'))).toContain('SimpleStrategy');
    });

    it('have the configured replication', async () => {
      await open({ cassandraReplication: [{ datacenter: 'datacenter1', copies: 1 }] });
      const query = 'SELECT replication FROM keyspaces WHERE keyspace_name = ?';
      const row = (await inspector.execute(query, [keyspace])).first();
      expect(row.get('replication')).toMatchObject({ datacenter1: '1' });
    });

    it('can have any name, even a reserved word', async () => {
      keyspace = 'order';
      await submitted((await open()).jobs);
      expect(await tables()).toEqual([...CASSANDRA_TABLES, 'schema_version'].toSorted());
    });

    it('fail at once if the configured replication is impossible', async () => {
      await expect(
        open({ cassandraReplication: [{ datacenter: 'vienna', copies: 1 }] }),
      ).rejects.toMatchObject({
        code: 'storage.unavailable',
        context: { mistake: 'replication', said: expect.stringContaining('vienna') },
      });
    });

    it('fail for a data centre that does not exist, without leaving a connection open', async () => {
      await inspector.connect();
      const before = openSockets();
      await expect(open({ cassandraDatacenter: 'vienna' })).rejects.toMatchObject({
        code: 'storage.unavailable',
        context: { mistake: 'datacenter', said: expect.stringContaining('vienna') },
      });
      await until('the connection is closed', () => openSockets() <= before);
    });

    it('are refused if a newer version of the service created them', async () => {
      await open();
      await inspector.execute(`INSERT INTO ${keyspace}.schema_version (name, version) VALUES ('schema', 99)`);
      await expect(open()).rejects.toMatchObject({
        code: 'storage.unavailable',
        context: { mistake: 'newer_schema', newerSchema: 99 },
      });
    });
  });
}
