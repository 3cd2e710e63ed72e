import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../jobs/app-error.js';
import { isBusy, sqliteError } from './sqlite-errors.js';
import { SQLITE_MIGRATIONS } from './sqlite-migrations.js';

/** A row as returned by SQLite. */
export type SqliteRow = Record<string, SQLOutputValue>;

const BUSY_TIMEOUT_MS = 2000;
const OPEN_TRIES = 50;
const OPEN_PAUSE_MS = 100;
const PAGES_GIVEN_BACK_AT_ONCE = 4096;

/** An open database file with its prepared statements. Throws every failure as AppError. */
export class SqliteDatabase {
  private readonly statements = new Map<string, StatementSync>();

  private constructor(private readonly db: DatabaseSync) {}

  /**
   * Opens the file; creates it (readable by its owner only) and its tables if absent. Processes that start
   * together wait for each other.
   * @throws AppError `storage.unavailable`, `disk.full`, `disk.not_writable`
   */
  static async open(path: string): Promise<SqliteDatabase> {
    for (let left = OPEN_TRIES; ; left -= 1) {
      try {
        return openOnce(path, (db) => new SqliteDatabase(db));
      } catch (error) {
        // SQLite ignores the busy timeout while it switches a new file to WAL.
        if (!isBusy(error) || left === 0) throw sqliteError(error);
      }
      await sleep(OPEN_PAUSE_MS);
    }
  }

  /** Runs one statement. @returns the number of changed rows */
  run(sql: string, ...values: SQLInputValue[]): number {
    return this.guarded(() => Number(this.prepared(sql).run(...values).changes));
  }

  /** @returns the first row, or null */
  first(sql: string, ...values: SQLInputValue[]): SqliteRow | null {
    return this.guarded(() => this.prepared(sql).get(...values) ?? null);
  }

  /** @returns all rows; for bounded results only */
  all(sql: string, ...values: SQLInputValue[]): SqliteRow[] {
    return this.guarded(() => this.prepared(sql).all(...values));
  }

  /**
   * Runs `work` in one write transaction: when this returns, all of it is on disk; if it throws, none of it.
   */
  transaction<T>(work: () => T): T {
    return this.guarded(() => {
      this.db.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        this.db.exec('COMMIT');
        return result;
      } catch (error) {
        if (this.db.isTransaction) this.db.exec('ROLLBACK');
        throw error;
      }
    });
  }

  /** Gives free pages back to the disk and empties the write-ahead log, unless it is being read. */
  compact(): void {
    this.guarded(() => {
      this.db.exec(`PRAGMA incremental_vacuum(${PAGES_GIVEN_BACK_AT_ONCE})`);
      this.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    });
  }

  /** Closes the file. Safe to call twice. */
  close(): void {
    if (this.db.isOpen) this.guarded(() => this.db.close());
  }

  private prepared(sql: string): StatementSync {
    const known = this.statements.get(sql);
    if (known !== undefined && this.db.isOpen) return known;
    const statement = this.db.prepare(sql);
    this.statements.set(sql, statement);
    return statement;
  }

  private guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw sqliteError(error);
    }
  }
}

function openOnce<T>(path: string, wrap: (db: DatabaseSync) => T): T {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // SQLite gives its log files the mode of the main file.
  closeSync(openSync(path, 'a', 0o600));
  const db = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    // Takes effect only before the first table is created.
    db.exec('PRAGMA auto_vacuum = INCREMENTAL');
    db.exec('PRAGMA journal_mode = WAL');
    db.exec('PRAGMA synchronous = FULL');
    db.exec('PRAGMA secure_delete = ON');
    db.exec('PRAGMA cache_size = -16000');
    migrate(db);
    return wrap(db);
  } catch (error) {
    db.close();
    throw error;
  }
}

function migrate(db: DatabaseSync): void {
  if (versionOf(db) === SQLITE_MIGRATIONS.length) return;
  db.exec('BEGIN IMMEDIATE');
  const version = versionOf(db);
  if (version > SQLITE_MIGRATIONS.length) throw new AppError('storage.unavailable', { newerSchema: version });
  for (const step of SQLITE_MIGRATIONS.slice(version)) db.exec(step);
  db.exec(`PRAGMA user_version = ${SQLITE_MIGRATIONS.length}`);
  db.exec('COMMIT');
}

function versionOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
}
