import type { Instant } from '../jobs/clock.port.js';

/**
 * Reads a `Retry-After` header.
 * @returns milliseconds to wait from `now`, 0 where there is no usable header
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAfterMs(header: string | undefined, now: Instant): number {
  if (header === undefined) return 0;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? 0 : Math.max(0, at - now);
}

/**
 * How long to wait before a retry: doubling with each, half of it by chance so that refused downloads do not
 * come back together, and never less than was asked for.
 * @param retry 0 for the first one
 * @param random from 0 up to 1
 */
export function backoffWaitMs(retry: number, baseMs: number, askedMs: number, random: number): number {
  const full = baseMs * 2 ** retry;
  return Math.max(askedMs, full / 2) + (random * full) / 2;
}
