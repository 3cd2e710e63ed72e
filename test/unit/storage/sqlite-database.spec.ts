import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DUE, ENDS, NOTICES } from '../../../src/storage/sqlite/due-rows.js';
import { openSqlite, SQLITE_FILE } from '../../../src/storage/sqlite/open-sqlite.js';
import { SqliteDatabase } from '../../../src/storage/sqlite/sqlite-database.js';
import { SqliteJobStore } from '../../../src/storage/sqlite/sqlite.job-store.js';
import { anImage, aNewJob, NOW, running, submitted } from '../../contract/stores/samples.js';
import { collected } from '../../contract/stores/store-harness.js';

describe('the SQLite file', () => {
  let dataDir: string;
  let path: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'image-job-sqlite-'));
    path = join(dataDir, 'deep', SQLITE_FILE);
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));
  const open = (): ReturnType<typeof openSqlite> => openSqlite(join(dataDir, 'deep'));

  it('is created with its folder, readable by its owner only', async () => {
    const storage = await open();
    await submitted(storage.jobs);
    for (const suffix of ['', '-wal', '-shm']) expect(statSync(path + suffix).mode & 0o777).toBe(0o600);
    await storage.close();
  });

  it('is opened by many processes that start together on an empty folder', async () => {
    const storages = await Promise.all(Array.from({ length: 8 }, open));
    const given = aNewJob();
    const answers = await Promise.all(storages.map(({ jobs }) => jobs.submit(given)));
    expect(answers.filter(({ created }) => created)).toHaveLength(1);
    for (const storage of storages) await storage.close();
  });

  it('uses a write-ahead log and incremental vacuum', async () => {
    const storage = await open();
    const other = new DatabaseSync(path);
    expect(other.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(other.prepare('PRAGMA auto_vacuum').get()).toEqual({ auto_vacuum: 2 });
    other.close();
    await storage.close();
  });

  it('contains no trace of a deleted job after it was compacted', async () => {
    const storage = await open();
    const address = 'very.rare.address@example.org';
    const { id } = await running(storage.jobs, { recipients: [{ channel: 'email', address }] });
    const images = Array.from({ length: 300 }, (_, position) => anImage(position));
    await storage.jobs.saveImages(id, images);
    const files = (): string => [path, `${path}-wal`].map((file) => readFileSync(file, 'latin1')).join('');
    expect(files()).toContain(address);
    await storage.jobs.compact();
    const before = statSync(path).size;
    await storage.jobs.delete(id);
    await storage.jobs.compact();
    expect(files()).not.toContain(address);
    expect(files()).not.toContain('img.example');
    expect(statSync(`${path}-wal`).size).toBe(0);
    expect(statSync(path).size).toBeLessThan(before / 2);
    await storage.close();
  });

  it('is refused if a newer version of the service created it', async () => {
    await (await open()).close();
    const db = new DatabaseSync(path);
    db.exec('PRAGMA user_version = 99');
    db.close();
    await expect(open()).rejects.toMatchObject({ code: 'storage.unavailable', context: { newerSchema: 99 } });
  });

  it('is reported as unavailable and left unchanged if it is not a database', async () => {
    await (await open()).close();
    const garbage = 'this is not a database at all, but long enough to look at '.repeat(50);
    writeFileSync(path, garbage);
    await expect(open()).rejects.toMatchObject({ code: 'storage.unavailable' });
    expect(readFileSync(path, 'utf8')).toBe(garbage);
  });

  it('is reported as unavailable when it is read if it is damaged in the middle', async () => {
    const storage = await open();
    const { id } = await submitted(storage.jobs);
    await storage.close();
    const bytes = readFileSync(path);
    bytes.fill(0xff, 4096);
    writeFileSync(path, bytes);
    await expect(open().then(({ jobs }) => jobs.get(id))).rejects.toMatchObject({
      code: 'storage.unavailable',
    });
  });

  it('is reported as unavailable while another process locks it, and works again afterwards', async () => {
    const storage = await open();
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    await expect(submitted(storage.jobs)).rejects.toMatchObject({ code: 'storage.unavailable' });
    other.exec('ROLLBACK');
    other.close();
    await expect(submitted(storage.jobs)).resolves.toMatchObject({ state: 'scheduled' });
    await storage.close();
  });

  it('reports a full disk, changes nothing then, and continues when there is room', async () => {
    const db = await SqliteDatabase.open(path);
    const store = new SqliteJobStore(db);
    const { id } = await submitted(store);
    db.first('PRAGMA max_page_count = 40');
    const images = Array.from({ length: 400 }, (_, position) => anImage(position));
    await expect(store.saveImages(id, images)).rejects.toMatchObject({ code: 'disk.full' });
    expect(await store.images(id)).toEqual([]);
    db.first('PRAGMA max_page_count = 4000');
    await store.saveImages(id, images);
    expect(await store.images(id)).toHaveLength(400);
    await store.close();
  });

  it('is reported as unavailable if it cannot be created', async () => {
    writeFileSync(join(dataDir, 'deep'), 'a file where the folder should be');
    await expect(open()).rejects.toMatchObject({ code: 'storage.unavailable' });
    expect(existsSync(path)).toBe(false);
  });

  it('finds due rows with its indexes alone', async () => {
    const storage = await open();
    await running(storage.jobs);
    expect((await collected(storage.jobs.noticesDue(NOW + 5000))).length).toBe(1);
    const db = new DatabaseSync(path);
    for (const sql of [DUE, ENDS, NOTICES]) {
      const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(0, '', 1, 1);
      const details = plan.map((row) => String(row['detail'])).join('; ');
      expect(details).toMatch(/^SEARCH \w+ USING (COVERING )?INDEX/);
      expect(details).not.toContain('TEMP B-TREE');
    }
    db.close();
    await storage.close();
  });
});
