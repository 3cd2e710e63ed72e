import type { CassandraServer } from '../../support/cassandra/cassandra-server.js';
import { startCassandra, whyNoCassandra } from '../../support/cassandra/cassandra-server.js';
import { restoreCassandra } from '../records-before/restore-cassandra.js';
import { describeRecordsBefore } from '../records-before/records-before.contract.js';
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

// Never skipped in CI; elsewhere the name of the skipped suite gives the reason.
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

    describeRecordsBefore('cassandra', restoreCassandra(started));

    // Last, so that the clients are closed before: the driver would look for a missing server.
    afterAll(async () => {
      await server?.stop();
    }, 60_000);
  },
);
