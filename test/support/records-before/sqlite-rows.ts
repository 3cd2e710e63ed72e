import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Recording, StoredRow } from './recording.ts';

const FILE = 'image-job.sqlite';

/** Reads tables and rows of the SQLite file in `dataDir`. */
export function dumpSqlite(dataDir: string): Pick<Recording, 'schema' | 'schemaVersion' | 'rows'> {
  const db = new DatabaseSync(join(dataDir, FILE), { readOnly: true });
  const made = db
    .prepare('SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid')
    .all();
  const tables = made.filter(({ type }) => type === 'table').map(({ name }) => String(name));
  const rowsIn = (table: string): StoredRow[] =>
    JSON.parse(JSON.stringify(db.prepare(`SELECT * FROM ${table}`).all()));
  const dump = {
    schema: made.map(({ sql }) => String(sql)),
    schemaVersion: Number(db.prepare('PRAGMA user_version').get()?.['user_version']),
    rows: Object.fromEntries(tables.map((table) => [table, rowsIn(table)])),
  };
  db.close();
  return dump;
}

/** Makes the SQLite file of a recording in `dataDir`, with `rows`. */
export function loadSqlite(
  dataDir: string,
  { schema, schemaVersion }: Recording,
  rows: Recording['rows'],
): void {
  const db = new DatabaseSync(join(dataDir, FILE));
  for (const statement of schema) db.exec(statement);
  for (const [table, all] of Object.entries(rows)) {
    for (const row of all) {
      const columns = Object.keys(row);
      const sql = `INSERT INTO ${table} (${columns.join()}) VALUES (${columns.map(() => '?').join()})`;
      db.prepare(sql).run(
        ...Object.values(row).map((value) => (typeof value === 'boolean' ? Number(value) : value)),
      );
    }
  }
  db.exec(`PRAGMA user_version = ${schemaVersion}`);
  db.close();
}
