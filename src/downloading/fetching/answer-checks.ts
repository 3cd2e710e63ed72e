import type { IncomingHttpHeaders } from 'node:http';
import type { Instant } from '../../jobs/clock.port.js';
import type { HttpAnswer } from '../../network/guarded-http.js';
import { retryAfterMs } from '../../network/retry-after.js';
import { Rejection } from '../../jobs/rejection.js';
import { isOptedOut } from './robots-tag.js';

const RATE_LIMITED = new Set([429, 503]);
/** Temporary failures of a server or its proxy; the last ones are from Cloudflare and similar services. */
const PASSING = new Set([408, 425, 500, 502, 504, 520, 521, 522, 523, 524, 525, 527, 529, 530]);
/** 203: a proxy changed the headers. 206: some hosts send a range unasked. */
const GOOD = new Set([200, 203, 206]);
const CONTENT_RANGE = /^\s*bytes[\s=]+0-(\d+)\/(\d+)\s*$/i;

/**
 * Checks the head of a response before its body is read.
 * @throws Rejection `rate_limited` and `http_status`, with the requested wait if a retry may help,
 *   `broken_image` for a part of a file, `opted_out`, `too_large`
 */
export function assertAcceptable(answer: HttpAnswer, maxBytes: number, now: Instant): void {
  const { status, headers } = answer;
  const waitMs = retryAfterMs(headers['retry-after'], now);
  if (RATE_LIMITED.has(status)) throw new Rejection('rate_limited', String(status), waitMs);
  if (!GOOD.has(status))
    throw new Rejection('http_status', String(status), PASSING.has(status) ? waitMs : null);
  if (status === 206 && !isWhole(headers)) throw new Rejection('broken_image', 'a part only');
  if (isOptedOut(headers['x-robots-tag'])) throw new Rejection('opted_out');
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw new Rejection('too_large');
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#field.content-range */
function isWhole(headers: IncomingHttpHeaders): boolean {
  const [, last, size] = CONTENT_RANGE.exec(headers['content-range'] ?? '') ?? [];
  const length = headers['content-length'] ?? size;
  return size !== undefined && Number(last) + 1 === Number(size) && Number(length) === Number(size);
}
