import { DatabaseSync } from 'node:sqlite';
import { type LeaseAnswer, WorkerLease } from '../../jobs/worker-lease.port.js';
import { sqliteText } from './columns.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { isBusy, sqliteError } from './sqlite-errors.js';

/**
 * A lock on a file beside the database. The operating system releases it when its holder dies in any way, so
 * a restart never waits. The database names the holder, for people.
 */
export class SqliteWorkerLease extends WorkerLease {
  override readonly renewEveryMs = 5000;
  private lock: DatabaseSync | null = null;

  constructor(
    private readonly db: SqliteDatabase,
    private readonly lockPath: string,
  ) {
    super();
  }

  override async acquire(owner: string): Promise<LeaseAnswer> {
    this.lock ??= takeLock(this.lockPath);
    if (this.lock === null) return { isHeld: false, holder: this.holder() };
    this.db.run("INSERT OR REPLACE INTO lease (name, owner) VALUES ('worker', ?)", owner);
    return { isHeld: true };
  }

  override async renew(owner: string): Promise<boolean> {
    return this.lock !== null && this.holder() === owner;
  }

  override async release(owner: string): Promise<void> {
    if (this.lock === null) return;
    this.db.run("DELETE FROM lease WHERE name = 'worker' AND owner = ?", owner);
    this.close();
  }

  /** Releases the file, as the death of the process would. */
  close(): void {
    this.lock?.close();
    this.lock = null;
  }

  private holder(): string {
    const row = this.db.first("SELECT owner FROM lease WHERE name = 'worker'");
    return row === null ? 'another process' : sqliteText(row, 'owner');
  }
}

/** @returns the open lock, or null if another process (or another lease of this one) has it */
function takeLock(path: string): DatabaseSync | null {
  let lock: DatabaseSync | null = null;
  try {
    lock = new DatabaseSync(path, { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    if (isBusy(error)) return null;
    throw sqliteError(error);
  }
}
