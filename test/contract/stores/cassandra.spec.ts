import type { CassandraServer } from '../../support/cassandra/cassandra-server.js';
import { startCassandra, whyNoCassandra } from '../../support/cassandra/cassandra-server.js';
import { openCassandra } from '../../../src/storage/cassandra/open-cassandra.js';
import { describeAlike } from './alike.contract.js';
import { describeLeftOvers } from './cassandra-left-overs.contract.js';
import { describeLostAnswers } from './cassandra-lost-answers.contract.js';
import { describeSchema } from './cassandra-schema.contract.js';
import { cassandraSettings, startCassandraStore } from './cassandra-harness.js';
import { describeStore } from './store.contract.js';
import { SkewedClock } from './store-harness.js';

const reason = whyNoCassandra();
const isCi = /^(true|1)$/i.test(process.env['CI'] ?? '');

// CI never skips the suite; elsewhere the name of a skipped suite contains the reason.
(reason === null || isCi ? describe : describe.skip)(
  `Cassandra${reason === null ? '' : ` (${reason})`}`,
  () => {
    let server: CassandraServer | null = null;
    const started = (): CassandraServer => {
      if (server === null) throw new Error('Cassandra did not start');
      return server;
    };
    beforeAll(async () => {
      server = await startCassandra();
    }, 200_000);
    describeStore(() => startCassandraStore(started(), 'contract'));
    describeAlike(() => openCassandra(cassandraSettings(started(), 'alike'), new SkewedClock(0)));
    describeSchema(started);
    describeLeftOvers(started);
    describeLostAnswers(started, [
      { arrives: true, answer: 'cas timeout' },
      { arrives: false, answer: 'cas timeout' },
      { arrives: 'late', answer: 'cas timeout' },
      { arrives: true, answer: 'closed' },
      { arrives: false, answer: 'closed' },
    ]);

    // Last, because all clients must be closed before: otherwise the driver would try to reconnect.
    afterAll(async () => {
      await server?.stop();
    }, 60_000);
  },
);
