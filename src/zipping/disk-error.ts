import { AppError } from '../jobs/app-error.js';

/** No space, no inodes and no quota are the same to the person who has to make room. */
const FULL = new Set(['ENOSPC', 'EDQUOT']);
const NOT_WRITABLE = new Set(['EROFS', 'EACCES', 'EPERM', 'ENOTDIR']);

/** `error` as the AppError `disk.full` or `disk.not_writable` where it is one of them, else unchanged. */
export function diskError(error: unknown): unknown {
  const code = errorCode(error);
  if (code !== null && FULL.has(code)) return new AppError('disk.full', { code }, error);
  if (code !== null && NOT_WRITABLE.has(code)) return new AppError('disk.not_writable', { code }, error);
  return error;
}

/** The system's code of `error`, e.g. `ENOENT`, or null. */
export function errorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
