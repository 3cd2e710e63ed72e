import { mkdir } from 'node:fs/promises';
import { AppError } from '../app-error.js';
import { errorCode } from '../error-code.js';

/** No space, no inodes and no quota are the same to the person who has to make room. */
const FULL = new Set(['ENOSPC', 'EDQUOT']);
const NOT_WRITABLE = new Set(['EROFS', 'EACCES', 'EPERM', 'ENOTDIR', 'EIO']);

/** `error` as the AppError `disk.full` or `disk.not_writable` where it is one of them, else unchanged. */
export function diskErrorOf(error: unknown): unknown {
  const code = errorCode(error);
  if (code !== null && FULL.has(code)) return new AppError('disk.full', { reason: code }, error);
  if (code !== null && NOT_WRITABLE.has(code))
    return new AppError('disk.not_writable', { reason: code }, error);
  return error;
}

/** Runs a file operation and throws its failure in our words. @throws AppError `disk.full`, `disk.not_writable` */
export async function onDisk<T>(operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    throw diskErrorOf(error);
  }
}

/**
 * Makes a folder, and those above it, readable by this user only; one that is there is fine.
 * @throws AppError `disk.full`, `disk.not_writable`
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    // On a read-only disk Node says that the folder is not there, which is why it was to be made.
    if (errorCode(error) === 'ENOENT') throw new AppError('disk.not_writable', { reason: 'ENOENT' }, error);
    throw diskErrorOf(error);
  }
}
