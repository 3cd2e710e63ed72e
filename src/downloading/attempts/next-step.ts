import type { ImageRecord } from '../../jobs/image-record.js';
import type { DownloadLimits } from '../download-limits.js';
import { refererFor } from '../fetching/referer.js';
import type { Rejection, RejectionCause } from '../../jobs/rejection.js';
import { backoffWaitMs } from './retry-wait.js';
import { type ImageTask, nextFallback, pageTask, type DownloadTask } from './download-task.js';

/** How it goes on with a candidate whose download failed. */
export type NextStep =
  | {
      readonly kind: 'again';
      readonly task: DownloadTask;
      readonly waitMs: number;
      /** Whether the whole host asked to wait. */
      readonly pausesHost: boolean;
    }
  | { readonly kind: 'rejected'; readonly record: ImageRecord; readonly rejection: Rejection };

/** What decides about retries. */
export interface RetryPlan {
  readonly limits: Pick<DownloadLimits, 'maxRetries' | 'maxRetryAfterMs' | 'backoffMs'>;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/** The original is gone, but its page may still show it. */
const DEAD: ReadonlySet<RejectionCause> = new Set([
  'no_image_url',
  'unreachable',
  'timeout',
  'too_slow',
  'http_status',
  'rate_limited',
  'too_many_redirects',
  'bad_answer',
  'bad_headers',
  'not_an_image',
  'broken_image',
  'empty',
  'too_small',
  'placeholder',
  'thumbnail_instead',
]);

/** What says nothing about the other images of a page. */
const NOT_THE_ONE: ReadonlySet<RejectionCause> = new Set([
  ...DEAD,
  'another_picture',
  'exact_duplicate',
  'address_refused',
  'unsupported_format',
]);

/** How hosts refuse those who do not come from a page of theirs: outright, or with something else in its place. */
const REFUSALS = new Set(['401', '403']);
const INSTEAD: ReadonlySet<RejectionCause> = new Set([
  'not_an_image',
  'placeholder',
  'thumbnail_instead',
  'too_small',
]);

/**
 * Decides what follows a failed download: the same again after a while, the same with the page named to a host
 * that refuses or gives something else, the source page where the original is dead, the page's next image, or nothing.
 */
export function stepAfter(task: ImageTask, rejection: Rejection, plan: RetryPlan): NextStep {
  const waitMs = retryWaitMs(task, rejection, plan);
  if (waitMs !== null)
    return again({ ...task, retries: task.retries + 1 }, waitMs, rejection.reason === 'rate_limited');
  if (wantsReferer(task, rejection)) return again({ ...task, withReferer: true });
  const { fallbacks, record } = task;
  if (fallbacks !== null && !NOT_THE_ONE.has(rejection.reason))
    return { kind: 'rejected', record, rejection };
  if (fallbacks !== null) return againOr(nextFallback(fallbacks), fallbacks.record, fallbacks.why);
  return againOr(DEAD.has(rejection.reason) ? pageTask(record, rejection) : null, record, rejection);
}

function again(task: DownloadTask, waitMs = 0, pausesHost = false): NextStep {
  return { kind: 'again', task, waitMs, pausesHost };
}

function againOr(task: DownloadTask | null, record: ImageRecord, rejection: Rejection): NextStep {
  return task === null ? { kind: 'rejected', record, rejection } : again(task);
}

/** @returns null where no other try makes sense */
function retryWaitMs({ retries }: ImageTask, { retryAfterMs }: Rejection, plan: RetryPlan): number | null {
  const { maxRetries, maxRetryAfterMs, backoffMs } = plan.limits;
  if (retryAfterMs === null || retryAfterMs > maxRetryAfterMs || retries >= maxRetries) return null;
  return backoffWaitMs(retries, backoffMs, retryAfterMs, plan.random());
}

function wantsReferer({ withReferer, record, url }: ImageTask, { reason, detail }: Rejection): boolean {
  const isRefused = INSTEAD.has(reason) || (reason === 'http_status' && REFUSALS.has(detail ?? ''));
  if (withReferer || !isRefused) return false;
  return refererFor(record.candidate.pageUrl, url) !== null;
}
