import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '../../src/storage/sqlite/open-sqlite.js';
import type { Storage } from '../../src/storage/storage.js';

/** A store in a temporary folder. */
export interface TemporaryStorage extends Storage {
  readonly dataDir: string;
  /** Closes the store and deletes the folder. */
  readonly remove: () => Promise<void>;
}

/** Opens the real embedded store for one test. */
export async function temporaryStorage(): Promise<TemporaryStorage> {
  const dataDir = await mkdtemp(join(tmpdir(), 'image-job-store-'));
  const storage = await openSqlite(dataDir);
  return {
    ...storage,
    close: () => storage.close(),
    dataDir,
    remove: async () => {
      await storage.close();
      await rm(dataDir, { recursive: true });
    },
  };
}
