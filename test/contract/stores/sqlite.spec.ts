import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqlite, SQLITE_FILE } from '../../../src/storage/sqlite/open-sqlite.js';
import type { Storage } from '../../../src/storage/storage.js';
import { describeStore } from './store.contract.js';
import type { StoreHarness } from './store-harness.js';

async function startSqlite(): Promise<StoreHarness> {
  const dataDir = mkdtempSync(join(tmpdir(), 'image-job-sqlite-'));
  const opened: Storage[] = [];
  return {
    open: async () => {
      const storage = await openSqlite(dataDir);
      opened.push(storage);
      return storage;
    },
    rowsOf: async (id) => {
      const db = new DatabaseSync(join(dataDir, SQLITE_FILE));
      try {
        const counts = [
          db.prepare('SELECT count(*) AS n FROM job WHERE id = ?').get(id),
          db.prepare('SELECT count(*) AS n FROM image WHERE job_id = ?').get(id),
          db.prepare('SELECT count(*) AS n FROM notice WHERE job_id = ?').get(id),
        ];
        return counts.reduce((sum, row) => sum + Number(row?.['n']), 0);
      } finally {
        db.close();
      }
    },
    stop: async () => {
      for (const storage of opened) await storage.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}

describe('SQLite', () => {
  describeStore(startSqlite);
});
