import cassandra from 'cassandra-driver';
import { openCassandra } from '../../../src/storage/cassandra/open-cassandra.js';
import type { Storage } from '../../../src/storage/storage.js';
import { startCassandra, whyNoCassandra } from '../../support/cassandra-server.js';
import { cassandraSettings } from './cassandra-settings.js';
import { describeStore } from './store.contract.js';
import { SkewedClock, type StoreHarness } from './store-harness.js';

const KEYSPACE = 'contract';

async function startStore(): Promise<StoreHarness> {
  const server = await startCassandra();
  const settings = cassandraSettings(server, KEYSPACE);
  const opened: Storage[] = [];
  const open = async (skewMs = 0): Promise<Storage> => {
    const storage = await openCassandra(settings, new SkewedClock(skewMs));
    opened.push(storage);
    return storage;
  };
  await open();
  const inspector = new cassandra.Client({
    contactPoints: [...server.contactPoints],
    localDataCenter: server.datacenter,
    keyspace: KEYSPACE,
  });
  const rowsIn = async (table: string, id: string): Promise<number> => {
    const query = `SELECT count(*) AS n FROM ${table} WHERE job_id = ? ALLOW FILTERING`;
    return Number((await inspector.execute(query, [id], { prepare: true })).first().get('n'));
  };
  return {
    open,
    rowsOf: async (id) => {
      const counts = await Promise.all(['job', 'image', 'hint'].map((table) => rowsIn(table, id)));
      return counts.reduce((sum, count) => sum + count, 0);
    },
    stop: async () => {
      await inspector.shutdown();
      for (const storage of opened) await storage.close();
      await server.stop();
    },
  };
}

const reason = whyNoCassandra();
const isCi = /^(true|1)$/i.test(process.env['CI'] ?? '');

// Never left out in CI; elsewhere the name of the skipped suite says why.
(reason === null || isCi ? describe : describe.skip)(
  `Cassandra${reason === null ? '' : ` (${reason})`}`,
  () => {
    describeStore(startStore);
  },
);
