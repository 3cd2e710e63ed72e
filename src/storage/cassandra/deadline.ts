import { AppError } from '../../jobs/app-error.js';

/**
 * Waits for a call to the driver, which cannot be taken back, but no longer than `deadlineMs`.
 * @throws AppError `storage.outcome_unknown` when the time is over
 */
export async function within<T>(deadlineMs: number, call: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError('storage.outcome_unknown', { deadlineMs })), deadlineMs);
  });
  try {
    // The loser of the race is still looked at by it, so that nothing is rejected unheard.
    return await Promise.race([call, late]);
  } finally {
    clearTimeout(timer);
  }
}
