import { AppError } from '../../jobs/app-error.js';
import type { EngineName } from '../../engines/engines.js';

/** What kept an API from answering. */
export interface Refusal {
  readonly status: number;
  /** How long it asked us to wait, in milliseconds; 0: it did not say. */
  readonly retryAfterMs: number;
}

const REFUSALS = new Set([401, 403, 418, 429]);

/**
 * Names what the status of an API's answer means for a search.
 * @returns null where the answer may be read
 */
export function failureOfStatus(engine: EngineName, { status, retryAfterMs }: Refusal): AppError | null {
  if (status >= 200 && status < 300) return null;
  const context = { engine, reason: 'http_status', status, ...waitContext(retryAfterMs) };
  if (REFUSALS.has(status)) return new AppError('source.blocked', context);
  if (status >= 500 || status === 408) return new AppError('source.unreachable', context);
  return new AppError('source.layout_changed', context);
}

/** The wait as part of a failure's facts. */
export function waitContext(retryAfterMs: number): { readonly retryAfterMs?: number } {
  return retryAfterMs > 0 ? { retryAfterMs } : {};
}
