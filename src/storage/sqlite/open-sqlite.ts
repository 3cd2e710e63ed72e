import { join } from 'node:path';
import type { Storage } from '../storage.js';
import { SqliteDatabase } from './sqlite-database.js';
import { SqliteJobStore } from './sqlite.job-store.js';
import { SqliteKeyedStore } from './sqlite.keyed-store.js';
import { SqliteWorkerLease } from './sqlite.worker-lease.js';

/** Name of the database file in DATA_DIR. */
export const SQLITE_FILE = 'image-job.sqlite';
const LOCK_FILE = 'worker.lock';

/**
 * Opens the records in `dataDir`, creating absent file and tables.
 * @throws AppError `storage.unavailable`, `disk.full`, `disk.not_writable`
 */
export async function openSqlite(dataDir: string): Promise<Storage> {
  const db = await SqliteDatabase.open(join(dataDir, SQLITE_FILE));
  const lease = new SqliteWorkerLease(db, join(dataDir, LOCK_FILE));
  return {
    jobs: new SqliteJobStore(db),
    keyed: new SqliteKeyedStore(db),
    lease,
    close: async () => {
      lease.close();
      db.close();
    },
  };
}
