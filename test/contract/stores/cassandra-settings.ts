import type { CassandraSettings } from '../../../src/storage/cassandra/profiles.js';
import type { CassandraServer } from '../../support/cassandra-server.js';

/** The settings of a client of a test server. */
export function cassandraSettings(
  { contactPoints, datacenter }: Pick<CassandraServer, 'contactPoints' | 'datacenter'>,
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
