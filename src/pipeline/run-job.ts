import type { ImageRecord } from '../jobs/image-record.js';
import type { JobId, Outcome } from '../jobs/job.js';
import { OriginalResolvers } from '../scraping/original-resolvers.js';
import { beginRun } from './begin-run.js';
import { cleanUp } from './clean-up.js';
import { finishRun } from './finish-run.js';
import { warnOfOddNetwork } from './odd-network.js';
import { outcomeAfter } from './outcome-after.js';
import { recordBeforeDownload } from './record-before-download.js';
import type { RunDependencies } from './run-dependencies.js';
import { resolveOnPull } from './resolve-on-pull.js';
import { RunLog } from './run-log.js';
import { RunSignal } from './run-signal.js';
import { searchEngines } from './search-engines.js';
import { assertSomethingKept, countShortfall } from './shortfall.js';

/**
 * The whole life of one run, from taking the job to telling people how it went.
 *
 * Every step is safe to repeat: a run that dies anywhere is taken over from the store under a higher epoch,
 * and whatever the old one still tries to publish is refused there.
 *
 * @param signal aborted when this process shuts down; the job is then handed back
 * @throws AppError of the store, where even the outcome could not be recorded; the queue looks again soon
 */
export async function runJob(id: JobId, signal: AbortSignal, deps: RunDependencies): Promise<void> {
  const job = await beginRun(id, deps);
  if (job === null) return;

  const startTold = deps.outbox.deliver(id, signal);
  await using stop = new RunSignal(job, signal, deps.watcher);
  await using log = new RunLog(job, deps);
  let outcome: Outcome | null;

  try {
    const known = await deps.store.images(id);
    log.resumeFrom(known);

    const enough = new AbortController();
    const searching = AbortSignal.any([stop.signal, enough.signal]);
    const originals = new OriginalResolvers();
    const batches = searchEngines(job, deps, log, searching, originals);
    const found = recordBeforeDownload(batches, known, log);
    const candidates = resolveOnPull(found, originals, log, searching);
    const { count, filters, output } = job.request;
    const allowsPreviews = output?.allowThumbnails === true;
    const order = { jobId: id, count, filters, allowsPreviews, known };
    const collecting = deps.collector.collect(candidates, order, log, stop.signal);
    const { kept } = await collecting.finally(() => enough.abort());

    warnOfOddNetwork(id, log.records);
    assertSomethingKept(kept, log);
    await log.enter('zipping');
    const shortfall = countShortfall(job.request.count, kept.length, log);
    const { engines } = log.progress;
    const read = (record: ImageRecord): Promise<Buffer> => deps.workFolder.read(id, record);
    const archive = await deps.archiveBuilder.build({ job, kept, shortfall, engines, read }, stop.signal);

    const at = deps.clock.now();
    const expiresAt = at + deps.settings.linkTtlMs;
    outcome = { state: 'ready', at, archive, delivered: kept.length, shortfall, expiresAt };
  } catch (error) {
    await log.saveWhatThereIs();
    outcome = outcomeAfter(error, job, stop.signal, log, deps);
  }

  const left = outcome === null ? null : await finishRun(job, outcome, deps);
  if (left?.state === 'scheduled') await deps.queue.schedule(id, left.dueAt);
  await cleanUp(job, left, deps);

  await startTold;
  await deps.outbox.deliver(id, signal);
}
