import { AppError } from '../jobs/app-error.js';
import { isRetried } from '../jobs/failure-codes.js';
import type { ImageRecord } from '../jobs/image-record.js';
import type { RejectionReason } from '../jobs/rejection-reasons.js';
import type { ShortfallEntry } from '../jobs/job.js';
import type { RunLog } from './run-log.js';

type Facts = Pick<RunLog, 'progress' | 'engineEnds'>;

/**
 * Refuses to go on with nothing.
 * @throws AppError why the engines ended, where nothing was found: first what may pass, since one engine that comes
 *   back is enough, last that there are no results, since it holds only where all were asked; `job.no_images` where
 *   all was rejected
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
 * Says why fewer images than asked are delivered.
 * @returns what was never found, under the reason the search ended, then every rejection, most frequent
 *   first; empty where nothing is missing
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
