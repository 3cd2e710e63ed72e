import { setTimeout as sleep } from 'node:timers/promises';
import cassandra, { type Client } from 'cassandra-driver';
import { AppError } from '../../jobs/app-error.js';
import type { Clock } from '../../jobs/clock.port.js';
import type { Storage } from '../storage.js';
import { cassandraError, fieldOf } from './cassandra-errors.js';
import { CassandraSession } from './cassandra-session.js';
import { CassandraJobStore } from './cassandra.job-store.js';
import { CassandraKeyedStore } from './cassandra.keyed-store.js';
import { CassandraWorkerLease } from './cassandra.worker-lease.js';
import { mendControlConnection } from './mend-control-connection.js';
import { migrateSchema } from './migrate-schema.js';
import { type CassandraSettings, clientOptions } from './profiles.js';
import { ServerTime } from './server-time.js';

/** A cluster that starts together with us is waited for this long, in milliseconds. */
const CONNECT_DEADLINE_MS = 60_000;
const PAUSE_MS = 1000;

/**
 * Connects, waiting for a cluster that is still starting, and creates keyspace and tables where absent.
 * @throws AppError `storage.unavailable`
 */
export async function openCassandra(settings: CassandraSettings, clock: Clock): Promise<Storage> {
  const maker = await connect(settings, null, clock);
  try {
    await migrateSchema(maker, settings, clock);
  } finally {
    await maker.shutdown();
  }
  const time = new ServerTime(clock);
  const client = await connect(settings, time, clock);
  const session = new CassandraSession(client, settings.cassandraKeyspace, clock, time);
  return {
    jobs: new CassandraJobStore(session, clock),
    keyed: new CassandraKeyedStore(session, clock),
    lease: new CassandraWorkerLease(session, clock),
    close: () => session.close(),
  };
}

async function connect(settings: CassandraSettings, time: ServerTime | null, clock: Clock): Promise<Client> {
  const giveUpAtMs = clock.monotonicMs() + CONNECT_DEADLINE_MS;
  for (;;) {
    const client = new cassandra.Client(clientOptions(settings, time));
    mendControlConnection(client);
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.shutdown();
      if (isHopeless(error) || clock.monotonicMs() > giveUpAtMs) {
        const contactPoints = settings.cassandraContactPoints.join(',');
        throw new AppError('storage.unavailable', { ...cassandraError(error).context, contactPoints }, error);
      }
    }
    await sleep(PAUSE_MS);
  }
}

/** A wrong password, data centre, certificate or setting does not get right by waiting. */
function isHopeless(error: unknown): boolean {
  return [error, ...Object.values(Object(fieldOf(error, 'innerErrors')))].some((one) => {
    const [name, code] = [String(fieldOf(one, 'name')), String(fieldOf(one, 'code'))];
    const isMistake = ['AuthenticationError', 'ArgumentError', 'TypeError'].includes(name);
    return isMistake || /CERT|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/.test(code);
  });
}
