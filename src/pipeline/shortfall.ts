import { AppError } from '../jobs/app-error.js';
import { isRetried } from '../jobs/failure-codes.js';
import type { ImageRecord } from '../jobs/image-record.js';
import type { RejectionReason } from '../jobs/rejection-reasons.js';
import type { ShortfallEntry } from '../jobs/job.js';
import type { RunLog } from './run-log.js';

type Facts = Pick<RunLog, 'progress' | 'engineEnds'>;

/**
 * Stops a run that kept nothing.
 * @throws AppError the reason the engines ended, if nothing was found: a temporary failure first, because one
 *   recovered engine is enough; `source.no_results` last, because it is true only if all engines were asked.
 *   `job.no_images` if every image was rejected
 */
export function assertSomethingKept(kept: readonly ImageRecord[], log: Facts): void {
  if (kept.length > 0) return;
  const { found, rejected } = log.progress;
  const failures = [...log.engineEnds.values()].filter((end) => end !== null);
  const failure =
    failures.find(({ code }) => isRetried(code)) ??
    failures.find(({ code }) => code !== 'source.no_results') ??
    failures[0];
  if (found === 0) throw failure ?? new AppError('source.no_results');
  throw new AppError('job.no_images', { found, ...rejected });
}

/**
 * Counts why fewer images than asked are delivered.
 * @returns the images never found, under the reason the search ended, then every rejection, most frequent
 *   first; empty if nothing is missing
 */
export function countShortfall(asked: number, kept: number, log: Facts): ShortfallEntry[] {
  if (kept >= asked) return [];
  const { found, rejected } = log.progress;
  const rejections = Object.entries(rejected) as [RejectionReason, number][];
  const entries = rejections
    .map(([reason, count]) => ({ reason, count }))
    .toSorted((a, b) => b.count - a.count);
  const neverFound = asked - found;
  return neverFound > 0 ? [{ reason: whySearchEnded(log), count: neverFound }, ...entries] : entries;
}

function whySearchEnded({ engineEnds }: Facts): ShortfallEntry['reason'] {
  const failure = [...engineEnds.values()].find((end) => end !== null && end.code !== 'source.no_results');
  return failure?.code ?? 'search_exhausted';
}
