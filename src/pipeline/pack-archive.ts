import type { ImageRecord } from '../jobs/image-record.js';
import type { Job, Outcome } from '../jobs/job.js';
import type { RunDependencies } from './run-dependencies.js';
import type { RunLog } from './run-log.js';
import { countShortfall } from './shortfall.js';

/**
 * Packs the kept images into the archive of this run.
 * @returns the outcome of a successful run
 * @throws AppError of the archives or the store; the signal's reason
 */
export async function packArchive(
  job: Job,
  kept: readonly ImageRecord[],
  deps: RunDependencies,
  log: RunLog,
  signal: AbortSignal,
): Promise<Outcome> {
  await log.enter('zipping');
  const shortfall = countShortfall(job.request, kept, log);
  const { engines } = log.progress;
  const read = (record: ImageRecord): Promise<Buffer> => deps.workFolder.read(job.id, record);
  const archive = await deps.archiveBuilder.build({ job, kept, shortfall, engines, read }, signal);
  const at = deps.clock.now();
  const expiresAt = at + deps.settings.linkTtlMs;
  return { state: 'ready', at, archive, delivered: kept.length, shortfall, expiresAt };
}
