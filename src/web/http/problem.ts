import { HttpException } from '@nestjs/common';
import { type AppError, isAppError } from '../../jobs/app-error.js';
import type { FailureCode } from '../../jobs/failure-codes.js';
import type { Clock, Instant } from '../../jobs/clock.port.js';
import { fullMinute, momentText } from '../../jobs/wording/moment-text.js';
import { durationText } from '../../jobs/wording/amount-text.js';
import { failureWording } from '../../jobs/wording/wording.js';

/** The description of a failed request: RFC 9457's members and the page's words. */
export interface HttpProblem {
  readonly status: number;
  /** Stable dotted code. */
  readonly code: string;
  readonly title: string;
  /** Advice on what to do. */
  readonly detail: string;
  /** Seconds until a retry may help; null if unknown. */
  readonly retryAfterSeconds: number | null;
  /** Instant from which a retry may help; absent if unknown. */
  readonly retryAt?: Instant;
}

/** The words for an expired link or job page. */
export const EXPIRED = 'Link has expired';

const RETRY_AFTER_SECONDS = 5;
const APP_STATUS: Partial<Record<FailureCode, number>> = {
  'job.not_found': 410,
  'job.not_possible_now': 409,
  'job.illegal_transition': 409,
  'archive.not_found': 404,
  'storage.unavailable': 503,
  'storage.outcome_unknown': 503,
  'queue.stopped': 503,
  'limits.reached': 429,
  'choice.unreadable': 422,
  'choice.other_job': 422,
  'choice.empty': 422,
  'choice.no_such_image': 422,
  'choice.not_shared': 422,
};

/** The statuses whose words are those of the failure. */
const WORDED_STATUS = new Set([409, 422, 429, 503]);

const WORDS: Readonly<Record<number, readonly [code: string, title: string, detail: string]>> = {
  400: ['request.malformed', 'The request could not be read', 'Check how it is written and send it again.'],
  403: [
    'request.cross_site',
    'This was sent from another site',
    'Open this service in your browser and do it from its own pages.',
  ],
  404: ['page.not_found', 'There is nothing here', 'Check that the whole address was copied.'],
  405: [
    'request.method_not_allowed',
    'This address cannot be used like that',
    'Use one of the allowed methods.',
  ],
  409: [
    'link.not_ready',
    'Not ready yet',
    'The images are still being collected. Come back when you get the message.',
  ],
  410: [
    'link.expired',
    EXPIRED,
    'The images and everything about this job have been deleted. Start a new job to get them again.',
  ],
  413: ['request.too_large', 'That is too much at once', 'Send less than 64 kilobytes.'],
  415: [
    'request.media_type',
    'This kind of content is not understood',
    'Send a form (application/x-www-form-urlencoded) or JSON (application/json) in UTF-8.',
  ],
  429: ['request.too_many', 'That was a lot in a short time', 'Try again later.'],
  500: [
    'internal.unexpected',
    'Something went wrong on our side',
    'It has been recorded. Try again in a moment; what you typed is not lost if you go back.',
  ],
};

/** The problem of a known address with a wrong method. */
export const METHOD_NOT_ALLOWED: HttpProblem = byStatus(405);

/** The problem of a request with invalid fields. */
export const INVALID_REQUEST: HttpProblem = {
  status: 422,
  code: 'request.invalid',
  title: 'Some fields need your attention',
  detail: 'See what is wrong with each field, change it and send the request again.',
  retryAfterSeconds: null,
};

/** Describes an error of any kind. An unknown error is 500 and shows none of its details. */
export function problemOf(error: unknown, clock: Clock): HttpProblem {
  if (isAppError(error)) {
    const status = APP_STATUS[error.code] ?? 500;
    if (WORDED_STATUS.has(status)) return worded(status, error, clock);
    return byStatus(status);
  }
  return byStatus(statusOf(error));
}

function worded(status: number, { code, context }: AppError, clock: Clock): HttpProblem {
  const { what: title, next } = failureWording(code);
  const { retryAfterSeconds, timeZone } = context;
  if (typeof retryAfterSeconds !== 'number')
    return {
      status,
      code,
      title,
      detail: next,
      retryAfterSeconds: status === 503 ? RETRY_AFTER_SECONDS : null,
    };
  const waitMs = retryAfterSeconds * 1000;
  const retryAt = clock.now() + waitMs;
  const moment = momentText(fullMinute(retryAt), typeof timeZone === 'string' ? timeZone : 'UTC');
  const detail = `Try again in ${durationText(waitMs, 'second')}. That is from ${moment} on.`;
  return { status, code, title, detail, retryAfterSeconds, retryAt };
}

function byStatus(status: number): HttpProblem {
  const known = WORDS[status] === undefined ? (status >= 500 ? 500 : 400) : status;
  const [code, title, detail] = WORDS[known] ?? ['internal.unexpected', 'Error', ''];
  return { status: known, code, title, detail, retryAfterSeconds: null };
}

/** The status of exceptions of Nest and of Express's parsers and router. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  if (!(error instanceof Error) || !('status' in error)) return 500;
  return typeof error.status === 'number' && error.status >= 400 && error.status < 500 ? error.status : 500;
}
