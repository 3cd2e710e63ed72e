import { Logger } from '@nestjs/common';
import type { Cause, Job, JobId } from '../jobs/job.js';
import { isFinal } from '../jobs/job-states.js';
import { MAX_OVERDUE_MS } from '../jobs/retention.js';
import type { RunDependencies } from './run-dependencies.js';

const logger = new Logger('runJob');

/** A job begun this often without an end is given up: something in it brings the process down. */
const MAX_BEGINS = 10;

/**
 * Takes a job if it is due and can still be run.
 * @returns the job under its new epoch; null if there is nothing to run
 */
export async function beginRun(id: JobId, deps: RunDependencies): Promise<Job | null> {
  const job = await deps.store.get(id);
  if (job === null || isFinal(job.state)) return null;
  const now = deps.clock.now();
  if (job.state === 'scheduled' && job.dueAt > now) {
    await deps.queue.schedule(id, job.dueAt);
    return null;
  }
  const cause = whyNotAnyMore(job, now);
  if (cause === null) return begin(job, deps);
  await giveUp(job, cause, deps);
  return null;
}

async function begin({ id, epoch, request }: Job, deps: RunDependencies): Promise<Job | null> {
  const at = deps.clock.now();
  const begun = await deps.store.begin(id, epoch, at);
  if (begun !== null)
    logger.log(
      { jobId: id, epoch: begun.epoch, attempt: begun.attempts, lateMs: at - request.dueAt },
      'run begun',
    );
  return begun;
}

function whyNotAnyMore(job: Job, now: number): Cause | null {
  if (now > job.request.dueAt + MAX_OVERDUE_MS) return { code: 'job.too_old', context: {} };
  if (job.attempts >= MAX_BEGINS)
    return { code: 'job.attempts_exhausted', context: { attempts: job.attempts } };
  return null;
}

async function giveUp(job: Job, cause: Cause, deps: RunDependencies): Promise<void> {
  const at = deps.clock.now();
  const expiresAt = at + deps.settings.linkTtlMs;
  await deps.store.finish(job.id, job.epoch, { state: 'failed', at, cause, shortfall: [], expiresAt });
  await deps.outbox.deliver(job.id, AbortSignal.timeout(60_000));
}
