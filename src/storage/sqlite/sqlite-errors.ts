import { AppError, isAppError } from '../../jobs/app-error.js';
import { diskErrorOf } from '../../jobs/disk/disk-error.js';
import type { FailureCode } from '../../jobs/failure-codes.js';

/**
 * Primary result codes (the low byte of an extended one) with a more precise failure. @see
 * https://sqlite.org/rescode.html
 */
const CODES: Readonly<Record<number, FailureCode>> = {
  3: 'disk.not_writable', // SQLITE_PERM
  8: 'disk.not_writable', // SQLITE_READONLY
  13: 'disk.full', // SQLITE_FULL
  14: 'disk.not_writable', // SQLITE_CANTOPEN
};

/**
 * Result codes that are bugs in Image Job, not failures of the store: SQLITE_ERROR, CONSTRAINT, MISMATCH, MISUSE,
 * RANGE.
 */
const OUR_MISTAKES = new Set([1, 19, 20, 21, 25]);

/** Converts an error of SQLite or the file system to an AppError; returns an AppError unchanged. */
export function sqliteError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const result = numberIn(error, 'errcode');
  if (result === null) return fileError(error);
  const primary = result & 0xff;
  const code = OUR_MISTAKES.has(primary) ? 'internal.unexpected' : CODES[primary];
  return new AppError(code ?? 'storage.unavailable', { sqlite: result }, error);
}

function fileError(error: unknown): AppError {
  const known = diskErrorOf(error);
  return isAppError(known) ? known : new AppError('storage.unavailable', {}, error);
}

function numberIn(error: unknown, key: string): number | null {
  const value = fieldOf(error, key);
  return typeof value === 'number' ? value : null;
}

/** Not by `instanceof`: errors of Node's own modules belong to another realm if modules run in a VM. */
function fieldOf(error: unknown, key: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, key) : null;
}

/** Whether `error` is SQLITE_BUSY or SQLITE_LOCKED: another process holds the file for the moment. */
export function isBusy(error: unknown): boolean {
  const result = numberIn(error, 'errcode');
  return result !== null && [5, 6].includes(result & 0xff);
}
