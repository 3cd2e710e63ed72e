import { AppError } from '../jobs/app-error.js';
import { isRetried } from '../jobs/failure-codes.js';
import { type ImageRecord, queryIndexOf } from '../jobs/image-record.js';
import type { RejectionReason } from '../jobs/rejection-reasons.js';
import type { JobRequest, ShortfallEntry } from '../jobs/job.js';
import { queriesOf } from '../jobs/request/request-queries.js';
import type { RunLog } from './run-log.js';

type Facts = Pick<RunLog, 'progress' | 'byQuery'>;
type QueryFacts = Facts['byQuery'][number];

/**
 * Stops a run that kept nothing.
 * @throws AppError the reason the engines ended, if nothing was found: a temporary failure first, because one
 *   recovered engine is enough; `source.no_results` last, because it is true only if all engines were asked.
 *   `job.no_images` if every image was rejected
 */
export function assertSomethingKept(kept: readonly ImageRecord[], log: Facts): void {
  if (kept.length > 0) return;
  const { found, rejected } = log.progress;
  const failures = log.byQuery.flatMap(({ engineEnds }) => engineEnds).filter((end) => end !== null);
  const failure =
    failures.find(({ code }) => isRetried(code)) ??
    failures.find(({ code }) => code !== 'source.no_results') ??
    failures[0];
  if (found === 0) throw failure ?? new AppError('source.no_results');
  throw new AppError('job.no_images', { found, ...rejected });
}

/**
 * Counts why fewer images than asked are delivered, query by query.
 * @returns for each query that lacks some: the images never found, under the reason the search ended, then every
 *   rejection, most frequent first; empty if nothing is missing
 */
export function countShortfall(
  request: JobRequest,
  kept: readonly ImageRecord[],
  log: Facts,
): ShortfallEntry[] {
  const isBudgetSpent = (log.progress.rejected.job_budget_spent ?? 0) > 0;
  return queriesOf(request).flatMap(({ count }, index) => {
    const facts = log.byQuery[index];
    const delivered = kept.filter((record) => queryIndexOf(record) === index).length;
    if (facts === undefined || delivered >= count) return [];
    const entries = shortfallOfQuery(count, facts, isBudgetSpent);
    return index === 0 ? entries : entries.map((entry) => ({ ...entry, query: index }));
  });
}

function shortfallOfQuery(asked: number, facts: QueryFacts, isBudgetSpent: boolean): ShortfallEntry[] {
  const { found, rejected } = facts.progress;
  const rejections = Object.entries(rejected) as [RejectionReason, number][];
  const entries = rejections
    .map(([reason, count]) => ({ reason, count }))
    .toSorted((a, b) => b.count - a.count);
  const neverFound = asked - found;
  if (neverFound <= 0) return entries;
  return [{ reason: whySearchEnded(facts, isBudgetSpent), count: neverFound }, ...entries];
}

function whySearchEnded({ engineEnds }: QueryFacts, isBudgetSpent: boolean): ShortfallEntry['reason'] {
  if (engineEnds.length === 0 && isBudgetSpent) return 'job_budget_spent';
  const failure = engineEnds.find((end) => end !== null && end.code !== 'source.no_results');
  return failure?.code ?? 'search_exhausted';
}
