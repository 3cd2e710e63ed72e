import type { RejectionCause } from './rejection-reasons.js';

/** Rejects an image, from the place of the finding to the record. */
export class Rejection extends Error {
  /**
   * @param detail a fact for the record, e.g. an HTTP status; free of addresses
   * @param retryAfterMs minimum wait before another try; null: another try does not help
   */
  constructor(
    readonly reason: RejectionCause,
    readonly detail: string | null = null,
    readonly retryAfterMs: number | null = null,
    cause?: unknown,
  ) {
    super(reason, cause === undefined ? undefined : { cause });
    this.name = 'Rejection';
  }
}
