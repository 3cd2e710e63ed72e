import type { CassandraServer } from '../../support/cassandra/cassandra-server.js';
import {
  loadCassandra,
  plainClient,
  RECORDED_KEYSPACE,
} from '../../support/records-before/cassandra-rows.js';
import type { Restore } from '../../support/records-before/restored-service.js';
import { rowsOf } from '../stores/cassandra-harness.js';

/** Puts recorded rows into a running server. */
export function restoreCassandra(server: () => CassandraServer): Restore {
  return async (_dataDir, recording, rows) => {
    const client = plainClient(server());
    await loadCassandra(client, recording, rows);
    return {
      settings: {
        STORE: 'cassandra',
        CASSANDRA_CONTACT_POINTS: server().contactPoints.join(','),
        CASSANDRA_KEYSPACE: RECORDED_KEYSPACE,
      },
      rowsOf: (id) => rowsOf(client, id),
      imageUrls: async (id) => {
        const query = 'SELECT candidate FROM image WHERE job_id = ? ALLOW FILTERING';
        const { rows: images } = await client.execute(query, [id]);
        return images.map((row) => String(JSON.parse(row.get('candidate')).imageUrl));
      },
      close: () => client.shutdown(),
    };
  };
}
