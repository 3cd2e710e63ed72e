import { AppError } from '../../jobs/app-error.js';

/**
 * Waits for a call to the driver, which cannot be cancelled, at most `deadlineMs`.
 * @throws AppError `storage.outcome_unknown` after that time
 */
export async function within<T>(deadlineMs: number, call: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError('storage.outcome_unknown', { deadlineMs })), deadlineMs);
  });
  try {
    // `Promise.race` also handles the rejection of the promise that loses.
    return await Promise.race([call, late]);
  } finally {
    clearTimeout(timer);
  }
}
