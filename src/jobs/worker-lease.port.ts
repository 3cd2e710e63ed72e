/** Whether the lease is ours, or who has it. */
export type LeaseAnswer = { readonly isHeld: true } | { readonly isHeld: false; readonly holder: string };

/**
 * The right of one process to run the jobs of a store with the embedded queue. It spares workers from racing;
 * it does not decide who is right, which `JobStore.begin` does.
 *
 * Every method may throw AppError `storage.unavailable` or `storage.outcome_unknown`.
 */
export abstract class WorkerLease {
  /** How often the holder calls `renew`, in milliseconds; a third of the time the lease lasts without it. */
  abstract readonly renewEveryMs: number;

  /**
   * Takes the lease. Where the holder may be dead, waits until it has shown life (and says who it is) or the
   * lease has run out: at most 15 seconds.
   * @param owner names this process for people, e.g. `host:pid`; different for every start
   * @param signal gives up waiting; the answer is then the last known holder
   */
  abstract acquire(owner: string, signal: AbortSignal): Promise<LeaseAnswer>;

  /** @returns whether the lease still is `owner`'s; after false it must take no more jobs */
  abstract renew(owner: string): Promise<boolean>;

  /** Gives the lease back; nothing where it is not `owner`'s. */
  abstract release(owner: string): Promise<void>;
}
