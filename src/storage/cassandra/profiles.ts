import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import cassandra, { type ClientOptions } from 'cassandra-driver';
import type { Settings } from '../../config/settings.js';
import { AppError } from '../../jobs/app-error.js';
import type { ServerTime } from './server-time.js';

/** The settings of a connection. */
export type CassandraSettings = Pick<
  Settings,
  | 'cassandraContactPoints'
  | 'cassandraDatacenter'
  | 'cassandraKeyspace'
  | 'cassandraReplication'
  | 'cassandraUsername'
  | 'cassandraPassword'
  | 'cassandraTls'
  | 'cassandraTlsCa'
>;

/**
 * Execution profile of conditional writes: the driver sends them once, to one node, and never repeats them.
 */
export const LWT_PROFILE = 'conditional';

/** Longer than the server's own limits, so that the server's error comes first. */
const READ_TIMEOUT_MS = 6000;
const CONNECT_TIMEOUT_MS = 2000;
const HEARTBEAT_MS = 3000;
const RECONNECT_MS = 1000;
const DEFAULT_PORT = 9042;
/** After this time, the driver also sends an idempotent call to a second node, then to a third. */
const SPECULATE_AFTER_MS = 800;

const { localQuorum, localSerial } = cassandra.types.consistencies;

/**
 * Options of the driver.
 * @param timestamps stamps plain writes; null leaves that to the server
 * @throws AppError `storage.unavailable` if the file of CASSANDRA_TLS_CA cannot be used
 */
export function cassandraClientOptions(
  settings: CassandraSettings,
  timestamps: ServerTime | null,
): ClientOptions {
  return {
    contactPoints: [...settings.cassandraContactPoints],
    localDataCenter: settings.cassandraDatacenter,
    ...credentialsOf(settings),
    ...tlsOf(settings),
    policies: policies(timestamps),
    profiles: [lwtProfile()],
    pooling: { heartBeatInterval: HEARTBEAT_MS },
    socketOptions: {
      readTimeout: READ_TIMEOUT_MS,
      connectTimeout: CONNECT_TIMEOUT_MS,
      defunctReadTimeoutThreshold: 2,
    },
    encoding: { useBigIntAsLong: true },
    protocolOptions: {
      maxSchemaAgreementWaitSeconds: 30,
      port: portOf(settings.cassandraContactPoints),
    },
  };
}

/** The port of the first contact point; nodes found later use it too, since they do not tell theirs. */
function portOf(contactPoints: readonly string[]): number {
  const [, port] = /^(?:\[.*\]|[^:]*):(\d+)$/.exec(contactPoints[0] ?? '') ?? [];
  return port === undefined ? DEFAULT_PORT : Number(port);
}

function policies(timestamps: ServerTime | null): NonNullable<ClientOptions['policies']> {
  const { reconnection, speculativeExecution } = cassandra.policies;
  const chosen: NonNullable<ClientOptions['policies']> = {
    reconnection: new reconnection.ConstantReconnectionPolicy(RECONNECT_MS),
    speculativeExecution: new speculativeExecution.ConstantSpeculativeExecutionPolicy(SPECULATE_AFTER_MS, 2),
  };
  // The driver allows null here, but its types do not.
  Object.assign(chosen, { timestampGeneration: timestamps });
  return chosen;
}

function lwtProfile(): cassandra.ExecutionProfile {
  return new cassandra.ExecutionProfile(LWT_PROFILE, {
    consistency: localQuorum,
    serialConsistency: localSerial,
    readTimeout: READ_TIMEOUT_MS,
    retry: new cassandra.policies.retry.FallthroughRetryPolicy(),
  });
}

function credentialsOf({ cassandraUsername, cassandraPassword }: CassandraSettings): ClientOptions {
  if (cassandraUsername === null) return {};
  return { credentials: { username: cassandraUsername, password: cassandraPassword ?? '' } };
}

function tlsOf({ cassandraTls, cassandraTlsCa }: CassandraSettings): ClientOptions {
  if (!cassandraTls) return {};
  const ca = cassandraTlsCa === null ? {} : { ca: readCertificate(cassandraTlsCa) };
  return { sslOptions: { rejectUnauthorized: true, ...ca } };
}

/** Checked here, since TLS silently ignores a file without a certificate. */
function readCertificate(path: string): Buffer {
  try {
    const pem = readFileSync(path);
    void new X509Certificate(pem);
    return pem;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new AppError('storage.unavailable', { mistake: 'ca_file', said }, error);
  }
}
