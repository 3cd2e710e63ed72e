import { AppError } from '../../../src/jobs/app-error.js';
import { sqliteError } from '../../../src/storage/sqlite/sqlite-errors.js';

describe('errors of SQLite', () => {
  it.each([
    ['SQLITE_FULL', { errcode: 13 }, 'disk.full'],
    ['SQLITE_READONLY', { errcode: 8 }, 'disk.not_writable'],
    ['SQLITE_READONLY_DIRECTORY', { errcode: 8 | (6 << 8) }, 'disk.not_writable'],
    ['SQLITE_CANTOPEN', { errcode: 14 }, 'disk.not_writable'],
    ['SQLITE_BUSY', { errcode: 5 }, 'storage.unavailable'],
    ['SQLITE_CORRUPT', { errcode: 11 }, 'storage.unavailable'],
    ['SQLITE_NOTADB', { errcode: 26 }, 'storage.unavailable'],
    ['SQLITE_IOERR_FSYNC', { errcode: 10 | (4 << 8) }, 'storage.unavailable'],
    ['SQLITE_CONSTRAINT_PRIMARYKEY', { errcode: 19 | (6 << 8) }, 'internal.unexpected'],
    ['no space for the file', { code: 'ENOSPC' }, 'disk.full'],
    ['an exhausted quota', { code: 'EDQUOT' }, 'disk.full'],
    ['a read-only file system', { code: 'EROFS' }, 'disk.not_writable'],
    ['a folder of another user', { code: 'EACCES' }, 'disk.not_writable'],
    ['a closed database', { code: 'ERR_INVALID_STATE' }, 'storage.unavailable'],
  ])('have a code for %s', (_, fields, code) => {
    const cause = Object.assign(new Error('from below'), fields);
    expect(sqliteError(cause)).toMatchObject({ code, cause });
  });

  it('stay unchanged if they are AppErrors already', () => {
    const known = new AppError('disk.full');
    expect(sqliteError(known)).toBe(known);
  });
});
