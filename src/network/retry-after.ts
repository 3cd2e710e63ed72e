import type { Instant } from '../jobs/clock.port.js';

/**
 * Reads a `Retry-After` header.
 * @returns milliseconds to wait from `now`, 0 if there is no usable header
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAfterMs(header: string | undefined, now: Instant): number {
  if (header === undefined) return 0;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? 0 : Math.max(0, at - now);
}
