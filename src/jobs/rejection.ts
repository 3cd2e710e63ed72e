import type { RejectionCause } from './rejection-reasons.js';

/** Why an image is not kept, on its way from where it was seen to the record. */
export class Rejection extends Error {
  /**
   * @param detail a fact for the record, e.g. an HTTP status; free of addresses
   * @param retryAfterMs the least wait after which another try makes sense; null: none does
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
