import { Logger } from '@nestjs/common';
import { AppError } from '../jobs/app-error.js';
import { isRetried } from '../jobs/failure-codes.js';
import type { Job, Outcome } from '../jobs/job.js';
import { countShortfall } from './shortfall.js';
import type { RunDependencies } from './run-dependencies.js';
import type { RunLog } from './run-log.js';

const logger = new Logger('runJob');

/** Waits before the second, third and fourth attempt; after the fourth the failure is final. */
const BACKOFF_MS = [5000, 20_000, 60_000];

/**
 * Decides the outcome of a run that broke off: handed back at a shutdown, tried again if that may help,
 * failed otherwise.
 * @returns null if the job belongs to another run by now (cancelled, deleted or taken over)
 */
export function outcomeAfter(
  error: unknown,
  job: Job,
  signal: AbortSignal,
  log: RunLog,
  deps: Pick<RunDependencies, 'clock' | 'settings'>,
): Outcome | null {
  const failure = failureOf(error, signal);
  if (failure.code === 'job.cancelled' || failure.code === 'job.taken_over') return null;
  const at = deps.clock.now();
  if (failure.code === 'job.stopped')
    return { state: 'scheduled', at, dueAt: job.dueAt, attemptSpent: false };
  logger.warn({ err: failure, jobId: job.id, attempt: job.attempts }, 'a run broke off');
  const waitMs = isRetried(failure.code) ? BACKOFF_MS[job.attempts - 1] : undefined;
  if (waitMs !== undefined) return { state: 'scheduled', at, dueAt: at + waitMs, attemptSpent: true };
  return {
    state: 'failed',
    at,
    cause: { code: failure.code, context: failure.context },
    shortfall: countShortfall(job.request, [], log),
    expiresAt: at + deps.settings.linkTtlMs,
  };
}

/** The reason of the stop outweighs the errors it caused. */
function failureOf(error: unknown, signal: AbortSignal): AppError {
  const reason: unknown = signal.aborted ? signal.reason : error;
  return reason instanceof AppError ? reason : new AppError('internal.unexpected', {}, reason);
}
