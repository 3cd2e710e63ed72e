import { AppError } from '../../jobs/app-error.js';
import type { EngineName } from '../../engines/engines.js';

/** A refused answer of an API. */
export interface Refusal {
  readonly status: number;
  /** The requested wait in milliseconds; 0: none. */
  readonly retryAfterMs: number;
}

const REFUSALS = new Set([401, 403, 418, 429]);

/**
 * Names the failure that the status of an API's answer means for a search.
 * @returns null if the answer can be read
 */
export function failureOfStatus(engine: EngineName, { status, retryAfterMs }: Refusal): AppError | null {
  if (status >= 200 && status < 300) return null;
  const context = { engine, reason: 'http_status', status, ...waitContext(retryAfterMs) };
  if (REFUSALS.has(status)) return new AppError('source.blocked', context);
  if (status >= 500 || status === 408) return new AppError('source.unreachable', context);
  return new AppError('source.layout_changed', context);
}

/** The wait as part of a failure's context. */
export function waitContext(retryAfterMs: number): { readonly retryAfterMs?: number } {
  return retryAfterMs > 0 ? { retryAfterMs } : {};
}
