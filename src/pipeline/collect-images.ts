import type { CollectedSearch } from '../downloading/image-collector.js';
import { AppError } from '../jobs/app-error.js';
import { type ImageRecord, queryIndexOf } from '../jobs/image-record.js';
import type { Job } from '../jobs/job.js';
import { deliveredBefore } from '../jobs/request/excluded-images.js';
import { queriesOf } from '../jobs/request/request-queries.js';
import { leaveOutDelivered } from './leave-out-delivered.js';
import { warnOfOddNetwork } from './odd-network.js';
import { recordBeforeDownload } from './record-before-download.js';
import { resolveOnPull } from './resolve-on-pull.js';
import type { RunDependencies } from './run-dependencies.js';
import type { RunLog } from './run-log.js';
import { searchEngines } from './search-engines.js';

/**
 * Searches and downloads until there are as many good images of each query as asked for, or no more candidates. The
 * searches are pulled by the downloads, and end with them.
 * @returns the kept images, those of an earlier run too
 * @throws AppError of the store; `job.nothing_new` if all results were delivered before; the signal's reason
 */
export async function collectImages(
  job: Job,
  deps: RunDependencies,
  log: RunLog,
  signal: AbortSignal,
): Promise<readonly ImageRecord[]> {
  const stored = await deps.store.images(job.id);
  const excluded = stored.filter(({ outcome }) => outcome.status === 'excluded');
  const known = stored.filter(({ outcome }) => outcome.status !== 'excluded');
  log.resumeFrom(known);
  const { filters, output } = job.request;
  const enough = new AbortController();
  const searching = AbortSignal.any([signal, enough.signal]);
  const isDelivered = deliveredBefore(excluded);
  let passedOver = 0;
  const searches = queriesOf(job.request).map(({ count }, index): CollectedSearch => {
    const own = known.filter((record) => queryIndexOf(record) === index);
    const results = searchEngines(job, index, deps, log, searching);
    const fresh = leaveOutDelivered(results, isDelivered, (some) => (passedOver += some));
    const recorded = recordBeforeDownload(fresh, index, own, log);
    return { count, candidates: resolveOnPull(recorded, log, searching) };
  });
  const allowsPreviews = output?.allowThumbnails === true;
  const order = { jobId: job.id, searches, filters, allowsPreviews, known, excluded };
  try {
    const { kept } = await deps.collector.collect(order, log, signal);
    warnOfOddNetwork(job.id, log.records);
    if (kept.length === 0 && passedOver > 0) assertAnythingNew(log);
    return kept;
  } finally {
    enough.abort();
  }
}

/** The failure of an engine explains an empty result better. */
function assertAnythingNew({ progress }: Pick<RunLog, 'progress'>): void {
  const isExhausted = progress.engines.every(({ end }) => end === null || end === 'exhausted');
  if (progress.found === 0 && isExhausted) throw new AppError('job.nothing_new');
}
