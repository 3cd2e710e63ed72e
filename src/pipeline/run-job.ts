import type { JobId, Outcome } from '../jobs/job.js';
import { beginRun } from './begin-run.js';
import { cleanUp } from './clean-up.js';
import { collectImages } from './collect-images.js';
import { finishRun } from './finish-run.js';
import { outcomeAfter } from './outcome-after.js';
import { packArchive } from './pack-archive.js';
import type { RunDependencies } from './run-dependencies.js';
import { RunLog } from './run-log.js';
import { RunSignal } from './run-signal.js';
import { assertSomethingKept } from './shortfall.js';

/**
 * The whole life of one run, from taking the job to telling people how it went.
 *
 * Every step is safe to repeat: a run that dies anywhere is taken over from the store under a higher epoch, and the
 * store refuses whatever the old one still tries to publish.
 *
 * @param signal aborted when this process shuts down; the job is then handed back
 * @throws AppError of the store if not even the outcome could be recorded; the queue looks again soon
 */
export async function runJob(id: JobId, signal: AbortSignal, deps: RunDependencies): Promise<void> {
  const job = await beginRun(id, deps);
  if (job === null) return;

  const startTold = deps.outbox.deliver(id, signal);
  await using stop = new RunSignal(job, signal, deps.watcher);
  await using log = new RunLog(job, deps);
  let outcome: Outcome | null;

  try {
    const kept = await collectImages(job, deps, log, stop.signal);
    assertSomethingKept(kept, log);
    outcome = await packArchive(job, kept, deps, log, stop.signal);
  } catch (error) {
    await log.saveWhatThereIs();
    outcome = outcomeAfter(error, job, stop.signal, log, deps);
  }

  const left = outcome === null ? null : await finishRun(job, outcome, deps);
  await cleanUp(job, left, deps);

  await startTold;
  await deps.outbox.deliver(id, signal);
}
