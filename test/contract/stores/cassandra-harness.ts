import cassandra, { type Client } from 'cassandra-driver';
import { openCassandra } from '../../../src/storage/cassandra/open-cassandra.js';
import type { CassandraSettings } from '../../../src/storage/cassandra/profiles.js';
import type { Storage } from '../../../src/storage/storage.js';
import type { CassandraServer } from '../../support/cassandra/cassandra-server.js';
import { SkewedClock, type StoreHarness } from './store-harness.js';

type Reachable = Pick<CassandraServer, 'contactPoints' | 'datacenter'>;

/** @returns the settings of a client for a test server */
export function cassandraSettings(
  { contactPoints, datacenter }: Reachable,
  cassandraKeyspace: string,
  more: Partial<CassandraSettings> = {},
): CassandraSettings {
  return {
    cassandraContactPoints: contactPoints,
    cassandraDatacenter: datacenter,
    cassandraKeyspace,
    cassandraReplication: [{ datacenter: null, copies: 1 }],
    cassandraUsername: null,
    cassandraPassword: null,
    cassandraTls: false,
    cassandraTlsCa: null,
    ...more,
  };
}

/** A plain client that reads the tables from outside. */
export function inspect({ contactPoints, datacenter }: Reachable, keyspace: string): Client {
  return new cassandra.Client({
    contactPoints: [...contactPoints],
    localDataCenter: datacenter,
    keyspace,
    queryOptions: { prepare: true },
  });
}

/** Counts the rows of all tables that name the job. */
export async function rowsOf(inspector: Client, id: string): Promise<number> {
  const counts = await Promise.all(
    ['job', 'image', 'hint'].map(async (table) => {
      const query = `SELECT count(*) AS n FROM ${table} WHERE job_id = ? ALLOW FILTERING`;
      return Number((await inspector.execute(query, [id])).first().get('n'));
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Opens a keyspace of a running server for a contract suite. */
export async function startCassandraStore(server: Reachable, keyspace: string): Promise<StoreHarness> {
  const settings = cassandraSettings(server, keyspace);
  const opened: Storage[] = [];
  const open = async (skewMs = 0): Promise<Storage> => {
    const storage = await openCassandra(settings, new SkewedClock(skewMs));
    opened.push(storage);
    return storage;
  };
  await open();
  const inspector = inspect(server, keyspace);
  return {
    open,
    rowsOf: (id) => rowsOf(inspector, id),
    stop: async () => {
      await inspector.shutdown();
      for (const storage of opened) await storage.close();
    },
  };
}
