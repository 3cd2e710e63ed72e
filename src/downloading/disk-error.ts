import { AppError } from '../jobs/app-error.js';
import { errorCodeOf } from '../network/error-code.js';

const NOT_WRITABLE = new Set(['EROFS', 'EACCES', 'EPERM', 'ENOTDIR', 'EIO']);
const FULL = new Set(['ENOSPC', 'EDQUOT']);

/** Says in our words why a file could not be written; errors of another kind come back as they are. */
export function diskErrorOf(error: unknown): unknown {
  const code = errorCodeOf(error) ?? '';
  if (FULL.has(code)) return new AppError('disk.full', { reason: code }, error);
  if (NOT_WRITABLE.has(code)) return new AppError('disk.not_writable', { reason: code }, error);
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
