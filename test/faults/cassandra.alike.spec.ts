import { describeAlike } from '../contract/stores/alike.contract.js';
import { cassandraSettings } from '../contract/stores/cassandra-harness.js';
import { SkewedClock } from '../contract/stores/store-harness.js';
import { openCassandra } from '../../src/storage/cassandra/open-cassandra.js';
import { type CassandraServer, startCassandra } from '../support/cassandra/cassandra-server.js';

describe('Cassandra', () => {
  let server: CassandraServer;
  beforeAll(async () => {
    server = await startCassandra();
  }, 200_000);
  afterAll(async () => {
    await server.stop();
  }, 60_000);

  describeAlike(() => openCassandra(cassandraSettings(server, 'alike'), new SkewedClock(0)));
});
