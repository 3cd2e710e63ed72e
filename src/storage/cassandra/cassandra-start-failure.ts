import type { Settings } from '../../config/settings.js';
import type { AppError } from '../../jobs/app-error.js';
import { type Mistake, mistakeOf } from './start-error.js';

/** Explains to the operator why the service could not start on Cassandra and what to do. */
export function cassandraStartFailure(failure: AppError, settings: Settings): string {
  const mistake = mistakeOf(failure);
  const explain = mistake === null ? unreachable : WORDING[mistake];
  return explain(settings, String(failure.context['said'] ?? failure.code));
}

/** The remedy of each mistake. */
const WORDING: Readonly<Record<Mistake, (settings: Settings, said: string) => string>> = {
  credentials: ({ cassandraUsername }, said) =>
    cassandraUsername === null
      ? `Cassandra asks for a user (${said}). Set CASSANDRA_USERNAME and CASSANDRA_PASSWORD.`
      : `Cassandra refuses the user ${cassandraUsername} with this password (${said}). Check CASSANDRA_USERNAME and CASSANDRA_PASSWORD.`,
  datacenter: ({ cassandraDatacenter }, said) =>
    `Cassandra has no data centre ${cassandraDatacenter} (${said}). Set CASSANDRA_DATACENTER.`,
  certificate: (_settings, said) =>
    `The certificate of Cassandra cannot be trusted (${said}). Set CASSANDRA_TLS_CA to the file of the certificate that signed it.`,
  ca_file: ({ cassandraTlsCa }, said) =>
    `CASSANDRA_TLS_CA ${cassandraTlsCa} is not a file with a certificate (${said}).`,
  no_tls: ({ cassandraContactPoints }) =>
    `Cassandra at ${cassandraContactPoints.join(', ')} does not speak TLS. Set CASSANDRA_TLS to false, or turn on client_encryption_options there.`,
  rights: ({ cassandraKeyspace }, said) =>
    `The rights on keyspace ${cassandraKeyspace} do not suffice (${said}). Grant them, or set CASSANDRA_USERNAME or CASSANDRA_KEYSPACE to others.`,
  replication: ({ cassandraKeyspace }, said) =>
    `The keyspace ${cassandraKeyspace} could not be made (${said}). Check CASSANDRA_REPLICATION.`,
  newer_schema: ({ cassandraKeyspace }) =>
    `The tables in keyspace ${cassandraKeyspace} were made by a newer Image Job. Start that one, or set CASSANDRA_KEYSPACE to another name.`,
  settings: (_settings, said) => `The settings of Cassandra cannot be used (${said}).`,
};

function unreachable({ cassandraContactPoints, cassandraTls }: Settings, said: string): string {
  const where = cassandraContactPoints.join(', ');
  const more = cassandraTls ? '' : ', or CASSANDRA_TLS where the nodes ask for it';
  return `Cassandra at ${where} could not be used within a minute (${said}). Start it, or set CASSANDRA_CONTACT_POINTS${more}.`;
}
