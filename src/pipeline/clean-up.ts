import { Logger } from '@nestjs/common';
import type { Job } from '../jobs/job.js';
import { archiveName } from '../zipping/archive-store.port.js';
import type { RunDependencies } from './run-dependencies.js';

const logger = new Logger('runJob');

/**
 * Removes the files that nobody needs after a run. A file that cannot be removed only costs space until the
 * sweeper comes, so a failure is logged and the run goes on.
 * @param run the job as this run began it
 * @param left the job as this run left it, or null if it belonged to another run by then
 */
export async function cleanUp(run: Job, left: Job | null, deps: RunDependencies): Promise<void> {
  try {
    await removeFiles(run, left ?? (await deps.store.get(run.id)), deps);
  } catch (error) {
    logger.warn({ err: error, jobId: run.id }, 'files of a run could not be removed');
  }
}

async function removeFiles(run: Job, now: Job | null, deps: RunDependencies): Promise<void> {
  if (now === null || now.state === 'failed' || now.state === 'cancelled') {
    await deps.workFolder.remove(run.id);
    await deps.archives.deleteAll(run.id);
    return;
  }
  if (now.state === 'ready' && now.archive !== null) {
    await deps.workFolder.remove(run.id);
    await deps.archives.deleteOthers(run.id, now.archive.name);
    return;
  }
  for (let epoch = 1; epoch <= run.epoch; epoch += 1) {
    const name = archiveName(run.id, epoch);
    if (now.archive?.name !== name) await deps.archives.delete(name);
  }
}
