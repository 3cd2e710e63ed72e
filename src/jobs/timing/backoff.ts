/** A wait that grows with each attempt. */
export interface Backoff {
  readonly firstMs: number;
  /** Growth of each wait over the one before; absent: 2. */
  readonly factor?: number;
  /** The longest wait; absent: no limit. */
  readonly capMs?: number;
}

/** @returns the wait after an attempt, in milliseconds @param attempts so far, from 1 */
export function backoffMs(attempts: number, { firstMs, factor = 2, capMs = Infinity }: Backoff): number {
  return Math.min(capMs, firstMs * factor ** Math.max(0, attempts - 1));
}
