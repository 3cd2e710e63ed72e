import { once } from 'node:events';
import { AppError } from '../../jobs/app-error.js';
import type { CassandraSession } from './cassandra-session.js';

const BEAT = `INSERT INTO ks.pulse (name, beat) VALUES ('pulse', toTimestamp(now())) USING TTL 3600`;

/**
 * Writes and reads one row at quorum. @throws AppError `storage.unavailable`, also if `signal` aborts first
 */
export async function ping(session: CassandraSession, signal: AbortSignal): Promise<void> {
  const left = new AbortController();
  try {
    await Promise.race([beat(session), aborted(signal, left.signal)]);
  } catch (error) {
    throw new AppError('storage.unavailable', {}, error);
  } finally {
    left.abort();
  }
}

async function beat(session: CassandraSession): Promise<void> {
  await session.write(BEAT);
  await session.first("SELECT beat FROM ks.pulse WHERE name = 'pulse'");
}

async function aborted(signal: AbortSignal, left: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort', { signal: left });
  throw new AppError('storage.unavailable', {}, signal.reason);
}
