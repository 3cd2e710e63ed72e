import { mkdir } from 'node:fs/promises';
import { AppError } from '../app-error.js';
import { errorCode } from '../error-code.js';

/** Codes of a full disk: no space, no inodes, or no quota. */
const FULL = new Set(['ENOSPC', 'EDQUOT']);
const NOT_WRITABLE = new Set(['EROFS', 'EACCES', 'EPERM', 'ENOTDIR', 'EIO']);

/**
 * Turns an error into the AppError `disk.full` or `disk.not_writable` if it is one of them; else returns it.
 */
export function diskErrorOf(error: unknown): unknown {
  const code = errorCode(error);
  if (code !== null && FULL.has(code)) return new AppError('disk.full', { reason: code }, error);
  if (code !== null && NOT_WRITABLE.has(code))
    return new AppError('disk.not_writable', { reason: code }, error);
  return error;
}

/** Runs a file operation and converts its failure. @throws AppError `disk.full`, `disk.not_writable` */
export async function onDisk<T>(operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    throw diskErrorOf(error);
  }
}

/**
 * Creates a folder and its parents, readable by this user only, unless it exists.
 * @throws AppError `disk.full`, `disk.not_writable`
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    // On a read-only disk Node reports that the folder does not exist.
    if (errorCode(error) === 'ENOENT') throw new AppError('disk.not_writable', { reason: 'ENOENT' }, error);
    throw diskErrorOf(error);
  }
}
