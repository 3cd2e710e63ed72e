import { setTimeout as sleep } from 'node:timers/promises';
import cassandra, { type Client } from 'cassandra-driver';
import type { Clock } from '../../jobs/clock.port.js';
import type { Storage } from '../storage.js';
import { CassandraSession } from './cassandra-session.js';
import { CassandraJobStore } from './jobs/cassandra.job-store.js';
import { CassandraKeyedStore } from './cassandra.keyed-store.js';
import { CassandraWorkerLease } from './cassandra.worker-lease.js';
import { closeLeftConnection, mendControlConnection } from './mend-control-connection.js';
import { migrateSchema } from './schema/migrate-schema.js';
import { type CassandraSettings, cassandraClientOptions } from './profiles.js';
import { ServerTime } from './server-time.js';
import { mistakeOf, startError } from './start-error.js';

/** Maximum wait for a cluster that starts at the same time, in milliseconds. */
const CONNECT_DEADLINE_MS = 60_000;
const PAUSE_MS = 1000;

/** Called once, with the obstacle, if the start has to wait. */
export type OnWait = (said: string) => void;

/**
 * Connects, waiting for a cluster that is still starting, and creates absent keyspace and tables.
 * @throws AppError `storage.unavailable`; its context has what Cassandra `said`, and the `mistake` if there
 *   is one
 */
export async function openCassandra(
  settings: CassandraSettings,
  clock: Clock,
  onWait: OnWait = () => undefined,
): Promise<Storage> {
  const maker = await connect(settings, null, clock, onWait);
  try {
    await migrateSchema(maker, settings, clock);
  } finally {
    await maker.shutdown();
  }
  const time = new ServerTime(clock);
  const client = await connect(settings, time, clock, onWait);
  const session = new CassandraSession(client, settings.cassandraKeyspace, clock, time);
  return {
    jobs: new CassandraJobStore(session, clock),
    keyed: new CassandraKeyedStore(session, clock),
    lease: new CassandraWorkerLease(session, clock),
    close: () => session.close(),
  };
}

async function connect(
  settings: CassandraSettings,
  time: ServerTime | null,
  clock: Clock,
  onWait: OnWait,
): Promise<Client> {
  const giveUpAtMs = clock.monotonicMs() + CONNECT_DEADLINE_MS;
  for (let hasFailed = false; ; hasFailed = true) {
    try {
      return await connectOnce(settings, time);
    } catch (error) {
      const failure = startError(error);
      if (mistakeOf(failure) !== null || clock.monotonicMs() > giveUpAtMs) throw failure;
      if (!hasFailed) onWait(String(failure.context['said']));
    }
    await sleep(PAUSE_MS);
  }
}

async function connectOnce(settings: CassandraSettings, time: ServerTime | null): Promise<Client> {
  const client = new cassandra.Client(cassandraClientOptions(settings, time));
  mendControlConnection(client);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.shutdown();
    await closeLeftConnection(client);
    throw error;
  }
}
