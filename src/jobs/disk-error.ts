import { AppError } from './app-error.js';

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

/** The system's code of `error`, e.g. `ENOENT`, or null. */
export function errorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
