import type { ImageRecord } from '../../jobs/image-record.js';
import type { DownloadLimits } from '../download-limits.js';
import { refererFor } from '../fetching/referer.js';
import type { Rejection } from '../../jobs/rejection.js';
import { mayTry } from '../../jobs/rejection-reasons.js';
import { backoffWaitMs } from './retry-wait.js';
import { type ImageTask, nextFallback, pageTask, type DownloadTask } from './download-task.js';

/** The next step of a candidate after a failed download. */
export type NextStep =
  | {
      readonly kind: 'again';
      readonly task: DownloadTask;
      readonly waitMs: number;
      /** Whether the whole host asked to wait. */
      readonly pausesHost: boolean;
    }
  | { readonly kind: 'rejected'; readonly record: ImageRecord; readonly rejection: Rejection };

/** Limits of retries. */
export interface RetryPlan {
  readonly limits: Pick<DownloadLimits, 'maxRetries' | 'maxRetryAfterMs' | 'backoffMs'>;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/** Status codes of hosts that refuse requests which do not name a page of theirs. */
const REFUSALS = new Set(['401', '403']);

/**
 * Decides what follows a failed download: the same again after a wait, the same with the page named if the
 * host refuses or sends something else, the source page if the original is gone, the page's next image, or
 * nothing.
 */
export function stepAfter(task: ImageTask, rejection: Rejection, plan: RetryPlan): NextStep {
  const waitMs = retryWaitMs(task, rejection, plan);
  if (waitMs !== null)
    return again({ ...task, retries: task.retries + 1 }, waitMs, rejection.reason === 'rate_limited');
  if (wantsReferer(task, rejection)) return again({ ...task, withReferer: true });
  const { fallbacks, record } = task;
  const { reason } = rejection;
  if (fallbacks !== null && !mayTry('next_on_page', reason)) return { kind: 'rejected', record, rejection };
  if (fallbacks !== null) return againOr(nextFallback(fallbacks), fallbacks.record, fallbacks.why);
  return againOr(mayTry('page', reason) ? pageTask(record, rejection) : null, record, rejection);
}

function again(task: DownloadTask, waitMs = 0, pausesHost = false): NextStep {
  return { kind: 'again', task, waitMs, pausesHost };
}

function againOr(task: DownloadTask | null, record: ImageRecord, rejection: Rejection): NextStep {
  return task === null ? { kind: 'rejected', record, rejection } : again(task);
}

/** @returns null if a retry makes no sense */
function retryWaitMs({ retries }: ImageTask, { retryAfterMs }: Rejection, plan: RetryPlan): number | null {
  const { maxRetries, maxRetryAfterMs, backoffMs } = plan.limits;
  if (retryAfterMs === null || retryAfterMs > maxRetryAfterMs || retries >= maxRetries) return null;
  return backoffWaitMs(retries, backoffMs, retryAfterMs, plan.random());
}

function wantsReferer({ withReferer, record, url }: ImageTask, { reason, detail }: Rejection): boolean {
  const isRefused = mayTry('referer', reason) || (reason === 'http_status' && REFUSALS.has(detail ?? ''));
  if (withReferer || !isRefused) return false;
  return refererFor(record.candidate.pageUrl, url) !== null;
}
