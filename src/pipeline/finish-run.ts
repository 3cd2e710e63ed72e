import { Logger } from '@nestjs/common';
import type { Job, Outcome } from '../jobs/job.js';
import type { RunDependencies } from './run-dependencies.js';

const logger = new Logger('runJob');

/**
 * Records the outcome of a run under its epoch, and schedules the next attempt if there is one.
 * @returns the job as left, or null if it belonged to another run by then
 * @throws AppError of the store
 */
export async function finishRun(
  run: Job,
  outcome: Outcome,
  deps: Pick<RunDependencies, 'store' | 'queue'>,
): Promise<Job | null> {
  const left = await deps.store.finish(run.id, run.epoch, outcome);
  const facts = { jobId: run.id, epoch: run.epoch, tookMs: outcome.at - (run.startedAt ?? outcome.at) };
  if (left === null) logger.warn(facts, 'run ended, but the job was not its own any more');
  else
    logger.log(
      { ...facts, state: left.state, delivered: left.delivered, cause: left.cause?.code },
      'run ended',
    );
  if (left?.state === 'scheduled') await deps.queue.schedule(left.id, left.dueAt);
  return left;
}
