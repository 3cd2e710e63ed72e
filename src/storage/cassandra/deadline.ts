import { AppError } from '../../jobs/app-error.js';

/**
 * Waits at most `deadlineMs` for a call to the driver. The call itself cannot be cancelled.
 * @throws AppError `storage.outcome_unknown` after `deadlineMs`
 */
export async function within<T>(deadlineMs: number, call: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError('storage.outcome_unknown', { deadlineMs })), deadlineMs);
  });
  try {
    // `Promise.race` also handles the later rejection of the losing promise.
    return await Promise.race([call, late]);
  } finally {
    clearTimeout(timer);
  }
}
