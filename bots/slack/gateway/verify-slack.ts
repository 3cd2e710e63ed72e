import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../../../src/jobs/clock.port.js';

/** Maximum difference between a request's timestamp and our clock, in milliseconds. */
export const MAX_SKEW_MS = 300_000;

/** The signed parts of a request. */
export interface SlackClaim {
  /** Header `X-Slack-Request-Timestamp`, seconds. */
  readonly timestamp: string;
  /** Header `X-Slack-Signature`, `v0=` and 64 hex digits. */
  readonly signature: string;
  readonly body: Buffer;
}

/**
 * Whether Slack signed this request within five minutes of our clock.
 * @see https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function isFromSlack(
  { timestamp, signature, body }: SlackClaim,
  secret: string,
  now: Instant,
): boolean {
  if (!/^\d{1,12}$/.test(timestamp) || !/^v0=[0-9a-f]{64}$/.test(signature)) return false;
  if (Math.abs(now - Number(timestamp) * 1000) > MAX_SKEW_MS) return false;
  const right = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest();
  return timingSafeEqual(right, Buffer.from(signature.slice(3), 'hex'));
}
