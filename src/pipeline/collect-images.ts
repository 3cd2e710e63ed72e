import type { ImageRecord } from '../jobs/image-record.js';
import type { Job } from '../jobs/job.js';
import { warnOfOddNetwork } from './odd-network.js';
import { recordBeforeDownload } from './record-before-download.js';
import { resolveOnPull } from './resolve-on-pull.js';
import type { RunDependencies } from './run-dependencies.js';
import type { RunLog } from './run-log.js';
import { searchEngines } from './search-engines.js';

/**
 * Searches and downloads until there are as many good images as asked for, or no more candidates. The search is pulled
 * by the downloads, and ends with them.
 * @returns the kept images, those of an earlier run too
 * @throws AppError of the store; the signal's reason
 */
export async function collectImages(
  job: Job,
  deps: RunDependencies,
  log: RunLog,
  signal: AbortSignal,
): Promise<readonly ImageRecord[]> {
  const known = await deps.store.images(job.id);
  log.resumeFrom(known);
  const { count, filters, output } = job.request;
  const allowsPreviews = output?.allowThumbnails === true;
  const order = { jobId: job.id, count, filters, allowsPreviews, known };

  const enough = new AbortController();
  const searching = AbortSignal.any([signal, enough.signal]);
  const found = recordBeforeDownload(searchEngines(job, deps, log, searching), known, log);
  try {
    const candidates = resolveOnPull(found, log, searching);
    const { kept } = await deps.collector.collect(candidates, order, log, signal);
    warnOfOddNetwork(job.id, log.records);
    return kept;
  } finally {
    enough.abort();
  }
}
