/** The result of taking the lease: taken, or its holder. */
export type LeaseAnswer = { readonly isHeld: true } | { readonly isHeld: false; readonly holder: string };

/**
 * The right of one process to run the jobs of a store with the embedded queue. It only avoids races between
 * workers; `JobStore.begin` decides which worker wins.
 *
 * Every method may throw AppError `storage.unavailable` or `storage.outcome_unknown`.
 */
export abstract class WorkerLease {
  /** Interval in which the holder calls `renew`, in milliseconds; a third of the lifetime of the lease. */
  abstract readonly renewEveryMs: number;

  /**
   * Takes the lease. If the holder may be dead, waits until the holder renews the lease (and returns the
   * holder) or the lease has run out: at most 15 seconds.
   * @param owner name of this process for people, e.g. `host:pid`; different for every start
   * @param signal ends the wait; the result is then the last known holder
   */
  abstract acquire(owner: string, signal: AbortSignal): Promise<LeaseAnswer>;

  /** @returns whether `owner` still holds the lease; after false it must take no more jobs */
  abstract renew(owner: string): Promise<boolean>;

  /** Gives the lease back, if `owner` holds it. */
  abstract release(owner: string): Promise<void>;
}
