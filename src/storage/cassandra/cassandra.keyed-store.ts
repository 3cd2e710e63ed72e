import { randomUUID } from 'node:crypto';
import type { types } from 'cassandra-driver';
import type { Clock, Instant } from '../../jobs/clock.port.js';
import { type KeyedEntry, type KeyedKind, type KeyedPlace, KeyedStore } from '../../jobs/keyed-store.port.js';
import type { CassandraSession, CqlValue } from './cassandra-session.js';
import { dateOrNull, cassandraInstant, requiredCassandraText, cassandraText } from './columns.js';
import { secondsUntil } from './time-to-live.js';
import { AGAIN, retryContended } from './retry-contended.js';

const DEADLINE_MS = 15_000;
const SELECT_ALL = 'SELECT item, value, expires_at, op FROM ks.keyed WHERE kind = ? AND key = ?';
const SELECT = `${SELECT_ALL} AND item = ?`;
const PUT_FIRST = `INSERT INTO ks.keyed (value, expires_at, op, kind, key, item) VALUES (?, ?, ?, ?, ?, ?)
  IF NOT EXISTS USING TTL ?`;
const PUT_OVER = `UPDATE ks.keyed USING TTL ? SET value = ?, expires_at = ?, op = ?
  WHERE kind = ? AND key = ? AND item = ? IF op = ?`;
const DELETE = 'DELETE FROM ks.keyed WHERE kind = ? AND key = ? AND item = ? IF EXISTS';

/**
 * Small values that outlive a job, in the same keyspace; expired ones are removed by their TTL. Every change
 * is conditional, so changes have one order whatever the clocks say.
 */
export class CassandraKeyedStore extends KeyedStore {
  constructor(
    private readonly session: CassandraSession,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async put(entry: KeyedEntry): Promise<void> {
    await retryContended(this.clock, DEADLINE_MS, async () => {
      const row = await this.session.first(SELECT, ...keyOf(entry));
      return (await this.isPut(entry, row, randomUUID())) || AGAIN;
    });
  }

  override async putIfAbsent(entry: KeyedEntry, at: Instant): Promise<boolean> {
    const tried: string[] = [];
    return retryContended(this.clock, DEADLINE_MS, async () => {
      const row = await this.session.first(SELECT, ...keyOf(entry));
      // A write that was believed lost may have been applied late.
      if (row !== null && tried.includes(requiredCassandraText(row, 'op'))) return true;
      const seen = row === null ? null : toEntry(entry, row);
      if (seen !== null && isAlive(seen, at)) return false;
      const op = randomUUID();
      tried.push(op);
      return (await this.isPut(entry, row, op)) || AGAIN;
    });
  }

  override async get(place: KeyedPlace, at: Instant): Promise<KeyedEntry | null> {
    const row = await this.session.first(SELECT, ...keyOf(place));
    const entry = row === null ? null : toEntry(place, row);
    return entry !== null && isAlive(entry, at) ? entry : null;
  }

  override async list(kind: KeyedKind, key: string, at: Instant): Promise<KeyedEntry[]> {
    const rows = await this.session.read(SELECT_ALL, kind, key);
    return rows
      .flatMap((row) => toEntry({ kind, key, item: requiredCassandraText(row, 'item') }, row) ?? [])
      .filter((entry) => isAlive(entry, at));
  }

  override async delete(place: KeyedPlace): Promise<void> {
    await retryContended(this.clock, DEADLINE_MS, async () => {
      const { outcome } = await this.session.compareAndSet({ query: DELETE, params: keyOf(place) });
      return outcome === 'unknown' ? AGAIN : null;
    });
  }

  /** Does nothing, since the TTL of each entry removes it. */
  override async deleteExpired(): Promise<void> {
    await Promise.resolve();
  }

  /** Writes unless the entry has changed since `over` was read. */
  private async isPut(entry: KeyedEntry, over: types.Row | null, op: string): Promise<boolean> {
    const set: CqlValue[] = [entry.value, dateOrNull(entry.expiresAt), op, ...keyOf(entry)];
    const ttl = this.ttl(entry.expiresAt);
    const statement =
      over === null
        ? { query: PUT_FIRST, params: [...set, ttl] }
        : { query: PUT_OVER, params: [ttl, ...set, cassandraText(over, 'op')] };
    const { outcome } = await this.session.compareAndSet(statement);
    if (outcome !== 'unknown') return outcome === 'applied';
    const row = await this.session.firstSerial(SELECT, ...keyOf(entry));
    return row !== null && cassandraText(row, 'op') === op;
  }

  /** In Cassandra, 0 means for ever. */
  private ttl(expiresAt: Instant | null): number {
    return expiresAt === null ? 0 : secondsUntil(this.clock, expiresAt);
  }
}

function keyOf({ kind, key, item }: KeyedPlace): [string, string, string] {
  return [kind, key, item];
}

function toEntry({ kind, key, item }: KeyedPlace, row: types.Row): KeyedEntry | null {
  const value = cassandraText(row, 'value');
  return value === null ? null : { kind, key, item, value, expiresAt: cassandraInstant(row, 'expires_at') };
}

function isAlive({ expiresAt }: KeyedEntry, at: Instant): boolean {
  return expiresAt === null || expiresAt > at;
}
