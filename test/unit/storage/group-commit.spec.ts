import { jest } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GroupCommit } from '../../../src/storage/sqlite/group-commit.js';
import { SqliteDatabase } from '../../../src/storage/sqlite/sqlite-database.js';
import { SqliteJobStore } from '../../../src/storage/sqlite/sqlite.job-store.js';
import { aNewJob } from '../../contract/stores/samples.js';

describe('writes of one turn of the event loop', () => {
  let folder: string;
  let db: SqliteDatabase;
  let writes: GroupCommit;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'image-job-group-'));
    db = await SqliteDatabase.open(join(folder, 'records.sqlite'));
    db.run('CREATE TABLE line (text TEXT NOT NULL UNIQUE) STRICT');
    writes = new GroupCommit(db);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    db.close();
    await rm(folder, { recursive: true });
  });

  const add = (text: string | null) => writes.run(() => db.run('INSERT INTO line VALUES (?)', text));
  const lines = () => db.all('SELECT text FROM line ORDER BY rowid').map(({ text }) => text);

  it('are one transaction, in their order, each with its own result', async () => {
    const transactions = jest.spyOn(db, 'transaction');
    const numbers = Array.from({ length: 50 }, (_, index) => String(index));
    const answers = await Promise.all(
      numbers.map((text) =>
        writes.run(() => {
          db.run('INSERT INTO line VALUES (?)', text);
          return text;
        }),
      ),
    );
    expect(answers).toEqual(numbers);
    expect(lines()).toEqual(numbers);
    expect(transactions).toHaveBeenCalledTimes(1);
  });

  it('are confirmed only when they are on the disk', async () => {
    let isCommitted = false;
    const transaction = db.transaction.bind(db);
    jest.spyOn(db, 'transaction').mockImplementation((work) => {
      const result = transaction(work);
      isCommitted = true;
      return result;
    });
    const seen = add('a').then(() => isCommitted);
    expect(isCommitted).toBe(false);
    expect(await seen).toBe(true);
  });

  it('succeed even if one of them fails by a bug', async () => {
    const answers = await Promise.allSettled([add('a'), add(null), add('b'), add('a')]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected']);
    expect(answers[1]).toMatchObject({ reason: { code: 'internal.unexpected' } });
    expect(lines()).toEqual(['a', 'b']);
  });

  it('all fail, after one try, if the store refuses', async () => {
    const transactions = jest.spyOn(db, 'transaction');
    const asked = [add('a'), add('b')];
    db.close();
    const answers = await Promise.allSettled(asked);
    expect(answers.map((answer) => answer.status === 'rejected' && answer.reason.code)).toEqual([
      'storage.unavailable',
      'storage.unavailable',
    ]);
    expect(transactions).toHaveBeenCalledTimes(1);
  });

  it('let many submissions and deletions wait for the disk only once each', async () => {
    const store = new SqliteJobStore(db);
    const jobs = Array.from({ length: 40 }, (_, index) => aNewJob({}, `${index}`.padStart(32, '0')));
    const transactions = jest.spyOn(db, 'transaction');
    const answers = await Promise.all(jobs.map((job) => store.submit(job)));
    expect(answers.every(({ created }) => created)).toBe(true);
    expect(transactions).toHaveBeenCalledTimes(1);
    await Promise.all(jobs.map(({ id }) => store.delete(id)));
    expect(transactions).toHaveBeenCalledTimes(2);
    expect(await Promise.all(jobs.map(({ id }) => store.get(id)))).toEqual(jobs.map(() => null));
  });
});
