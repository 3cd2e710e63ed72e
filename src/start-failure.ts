import { cassandraStartFailure } from './storage/cassandra/cassandra-start-failure.js';
import type { Settings } from './config/settings.js';
import { isAppError } from './jobs/app-error.js';
import { errorCode } from './jobs/error-code.js';
import { failureWording } from './jobs/wording/wording.js';

/** Explains why the process could not start and how to fix it, for the terminal. */
export function startFailure(error: unknown, place: Settings): string {
  const { host, port } = place;
  if (isAppError(error, 'queue.taken')) {
    const { name, value } = ownPlace(place);
    return `Another Image Job (${error.context['holder']}) already runs the jobs in ${name} ${value}. Stop it, or set ${name} to another one.`;
  }
  if (isAppError(error, 'storage.unavailable', 'storage.outcome_unknown') && place.store === 'cassandra')
    return cassandraStartFailure(error, place);
  if (isAppError(error)) {
    const { what } = failureWording(error.code);
    return `${what} (${detailOf(error.cause ?? error)}) The records are kept in ${recordsAt(place)}.`;
  }
  const code = errorCode(error);
  if (code === 'EADDRINUSE') return `Port ${port} of ${host} is in use. Set PORT to another one.`;
  if (code === 'EACCES')
    return `Port ${port} of ${host} may not be used by this user. Set PORT to another one.`;
  if (code === 'EADDRNOTAVAIL') return `This machine has no address ${host}. Set HOST to one it has.`;
  return `Image Job could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

/** The setting that must differ between installations. */
function ownPlace({ store, dataDir, cassandraKeyspace }: Settings): {
  readonly name: string;
  readonly value: string;
} {
  return store === 'cassandra'
    ? { name: 'CASSANDRA_KEYSPACE', value: cassandraKeyspace }
    : { name: 'DATA_DIR', value: dataDir };
}

function recordsAt(place: Settings): string {
  const { name, value } = ownPlace(place);
  const nodes = place.cassandraContactPoints.join(',');
  return place.store === 'cassandra'
    ? `${name} ${value} at CASSANDRA_CONTACT_POINTS ${nodes}`
    : `${name} ${value}`;
}

function detailOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
