import { jest } from '@jest/globals';
import { describeLostAnswers } from '../contract/stores/cassandra-lost-answers.contract.js';
import type { Storage } from '../../src/storage/storage.js';
import { cassandraSettings } from '../contract/stores/cassandra-harness.js';
import { ANN, NOW, present, running } from '../contract/stores/samples.js';
import { collected, SkewedClock } from '../contract/stores/store-harness.js';
import { openCassandra } from '../../src/storage/cassandra/open-cassandra.js';
import { CassandraProxy } from '../support/cassandra/cassandra-proxy.js';
import { type CassandraServer, startCassandra } from '../support/cassandra/cassandra-server.js';
import { until } from '../support/until.js';

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

  describe('and then resumes', () => {
    let proxy: CassandraProxy;
    let storage: Storage;
    beforeAll(async () => {
      proxy = await CassandraProxy.start(present(server.contactPoints[0]));
      const behind = { datacenter: server.datacenter, contactPoints: [proxy.contactPoint] };
      storage = await openCassandra(cassandraSettings(behind, 'frozen'), new SkewedClock(0));
    }, 60_000);
    afterAll(async () => {
      await storage.close();
      await proxy.stop();
    });

    it('makes a notice due again if it was claimed after the client gave up waiting', async () => {
      const { jobs } = storage;
      const { id: jobId } = await running(jobs, { recipients: [ANN] });
      const key = { jobId, slot: 'start' as const, recipient: ANN };
      const [node] = server.nodes;
      const claim = { statement: /claim = \?/, arrives: true, answer: 'silence' } as const;
      proxy.arm({ ...claim, onStrike: () => node?.pause() });
      await expect(jobs.claimNotice(key, NOW + 1000)).rejects.toMatchObject({
        code: 'storage.outcome_unknown',
      });
      node?.resume();

      const waitsAgain = async (): Promise<boolean> => {
        const named = await collected(jobs.noticesDue(NOW + 1000));
        const [notice] = await jobs.notices(jobId);
        return notice?.attempts === 1 && named.some((due) => due.jobId === jobId);
      };
      await until('the notice waits again', waitsAgain, 20_000, 200);
      expect(await jobs.claimNotice(key, NOW + 1000)).toMatchObject({ attempts: 2 });
    });
  });
});
