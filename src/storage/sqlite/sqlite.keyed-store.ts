import type { Instant } from '../../jobs/clock.port.js';
import { type KeyedEntry, type KeyedKind, type KeyedPlace, KeyedStore } from '../../jobs/keyed-store.port.js';
import { optionalSqliteNumber, sqliteText } from './columns.js';
import type { SqliteDatabase, SqliteRow } from './sqlite-database.js';

const WRITE = 'INSERT OR REPLACE INTO keyed (kind, key, item, value, expires_at) VALUES (?, ?, ?, ?, ?)';
const ALIVE = '(expires_at IS NULL OR expires_at > ?)';

/** Small values that outlive a job, in the same SQLite file. */
export class SqliteKeyedStore extends KeyedStore {
  constructor(private readonly db: SqliteDatabase) {
    super();
  }

  override async put(entry: KeyedEntry): Promise<void> {
    this.write(entry);
  }

  override async putIfAbsent(entry: KeyedEntry, at: Instant): Promise<boolean> {
    return this.db.transaction(() => {
      if (this.read(entry, at) !== null) return false;
      this.write(entry);
      return true;
    });
  }

  override async get(place: KeyedPlace, at: Instant): Promise<KeyedEntry | null> {
    return this.read(place, at);
  }

  override async list(kind: KeyedKind, key: string, at: Instant): Promise<KeyedEntry[]> {
    const sql = `SELECT * FROM keyed WHERE kind = ? AND key = ? AND ${ALIVE} ORDER BY item`;
    return this.db.all(sql, kind, key, at).map(toEntry);
  }

  override async delete({ kind, key, item }: KeyedPlace): Promise<void> {
    this.db.run('DELETE FROM keyed WHERE kind = ? AND key = ? AND item = ?', kind, key, item);
  }

  override async deleteExpired(at: Instant): Promise<void> {
    this.db.run('DELETE FROM keyed WHERE expires_at <= ?', at);
  }

  private read({ kind, key, item }: KeyedPlace, at: Instant): KeyedEntry | null {
    const sql = `SELECT * FROM keyed WHERE kind = ? AND key = ? AND item = ? AND ${ALIVE}`;
    const row = this.db.first(sql, kind, key, item, at);
    return row === null ? null : toEntry(row);
  }

  private write({ kind, key, item, value, expiresAt }: KeyedEntry): void {
    this.db.run(WRITE, kind, key, item, value, expiresAt);
  }
}

function toEntry(row: SqliteRow): KeyedEntry {
  return {
    kind: sqliteText(row, 'kind') as KeyedKind,
    key: sqliteText(row, 'key'),
    item: sqliteText(row, 'item'),
    value: sqliteText(row, 'value'),
    expiresAt: optionalSqliteNumber(row, 'expires_at'),
  };
}
