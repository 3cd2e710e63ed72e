import type { AppError } from '../jobs/app-error.js';
import { type Backoff, backoffMs } from '../jobs/timing/backoff.js';

const MINUTE_MS = 60_000;
const BLOCKED: Backoff = { firstMs: 15 * MINUTE_MS, capMs: 180 * MINUTE_MS };
/** A consent wall or a new layout is no refusal: it may pass, or concern one page only. */
const SHORT_MS = 5 * MINUTE_MS;
const LONGEST_ASKED_MS = 24 * 60 * MINUTE_MS;

/**
 * The time an engine is left alone after a failure: as long as it asks for, else longer with each block.
 * @param times number of recent blocks, including this one
 * @returns milliseconds; 0: it may be asked again at once
 */
export function leaveAloneMs({ code, context }: AppError, times: number): number {
  const asked = Number(context['retryAfterMs'] ?? 0);
  switch (code) {
    case 'source.blocked':
      return asked > 0 ? Math.min(asked, LONGEST_ASKED_MS) : backoffMs(times, BLOCKED);
    case 'source.consent_wall':
    case 'source.layout_changed':
      return SHORT_MS;
    case 'source.unreachable':
      return Math.min(asked, LONGEST_ASKED_MS);
    default:
      return 0;
  }
}
