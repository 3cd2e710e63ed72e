import { DatabaseSync } from 'node:sqlite';
import type { BuiltStore } from './built-stores.ts';
import { benchJob } from './bench-jobs.ts';
import { type Filled, soonFrom } from './scale.ts';

const SPREAD_MS = 30 * 86_400_000;

/** Fills a SQLite file with scheduled jobs over 30 days, in one transaction. */
export async function fillSqlite(built: BuiltStore, folder: string, jobs: number): Promise<Filled> {
  const name = `scheduled-${jobs}`;
  const storage = await built.open(name);
  const first = benchJob(soonFrom() + SPREAD_MS);
  await storage.jobs.submit(first);
  const db = new DatabaseSync(`${folder}/${name}/image-job.sqlite`);
  const columns = db.prepare('SELECT name FROM pragma_table_info(?)').all('job');
  const names = columns.map((column) => String(column['name']));
  const values: Record<string, string> = {
    id: 'lower(hex(randomblob(16)))',
    due_at: `due_at - abs(random() % ${SPREAD_MS - 3_600_000})`,
  };
  db.exec(`WITH RECURSIVE many (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < ${jobs - 1})
    INSERT INTO job (${names.join(', ')})
    SELECT ${names.map((column) => values[column] ?? column).join(', ')} FROM job, many`);
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  return { storage, jobs };
}
