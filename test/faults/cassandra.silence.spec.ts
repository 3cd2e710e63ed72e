import { jest } from '@jest/globals';
import { describeLostAnswers } from '../contract/stores/cassandra-lost-answers.contract.js';
import { type CassandraServer, startCassandra } from '../support/cassandra-server.js';

jest.setTimeout(60_000);

describe('Cassandra that never answers', () => {
  let server: CassandraServer;
  beforeAll(async () => {
    server = await startCassandra();
  }, 200_000);
  afterAll(async () => {
    await server.stop();
  }, 60_000);

  describeLostAnswers(
    () => server,
    [
      { arrives: true, answer: 'silence' },
      { arrives: false, answer: 'silence' },
    ],
  );
});
