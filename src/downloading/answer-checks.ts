import type { Instant } from '../jobs/clock.port.js';
import type { HttpAnswer } from '../network/guarded-http.js';
import { retryAfterMs } from '../network/retry-after.js';
import { Rejection } from './rejection.js';
import { isOptedOut } from './robots-tag.js';

const RATE_LIMITED = new Set([429, 503]);

/**
 * Looks at the head of an answer before a byte of its body is read.
 * @throws Rejection `rate_limited` (with the wait that was asked for), `http_status`, `opted_out`, `too_large`
 */
export function assertAcceptable(answer: HttpAnswer, maxBytes: number, now: Instant): void {
  const { status, headers } = answer;
  if (RATE_LIMITED.has(status))
    throw new Rejection('rate_limited', String(status), retryAfterMs(headers['retry-after'], now));
  if (status !== 200) throw new Rejection('http_status', String(status));
  if (isOptedOut(headers['x-robots-tag'])) throw new Rejection('opted_out');
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw new Rejection('too_large');
}
