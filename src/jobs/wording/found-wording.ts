import type { Job, Progress } from '../job.js';
import { isFinal, type JobState } from '../job-states.js';

/** Counts of the results of a search by outcome. */
export interface FoundCounts {
  readonly found: number;
  readonly kept: number;
  /** Results whose image was rejected; absent: unknown. */
  readonly leftOut?: number;
}

/** Why results were not tried: there were enough, they may still be tried, or the job ended. */
export type Untried = 'not needed' | 'not tried yet' | 'not tried';

/** Why a job did not try its other results. */
export function untriedOf({
  state,
  request,
  progress,
}: Pick<Job, 'state' | 'request' | 'progress'>): Untried {
  return untriedBy(progress.kept, request.count, state);
}

/** Why other results were not tried, by the numbers of kept and of wanted images. */
export function untriedBy(kept: number, wanted: number, state: JobState): Untried {
  if (kept >= wanted) return 'not needed';
  return isFinal(state) ? 'not tried' : 'not tried yet';
}

/** Outcome counts in words, e.g. `60 kept, 5 left out, 35 not needed`, the same at every door. */
export function foundText({ found, kept, leftOut }: FoundCounts, untried: Untried): string {
  const rest = Math.max(0, found - kept - (leftOut ?? 0));
  const counts = [
    [kept, 'kept'],
    [leftOut ?? 0, 'left out'],
    [rest, leftOut === undefined ? 'more found' : untried],
  ] as const;
  return counts
    .filter(([count, words]) => count > 0 || words === 'kept')
    .map(([count, words]) => `${count} ${words}`)
    .join(', ');
}

/** Outcome counts of all results of a job, e.g. `60 kept, 5 left out, 35 not needed`. */
export function allFoundText(job: Pick<Job, 'state' | 'request' | 'progress'>): string {
  const { found, kept } = job.progress;
  return foundText({ found, kept, leftOut: leftOutOf(job.progress) }, untriedOf(job));
}

/** Number of results whose images were rejected. */
export function leftOutOf({ rejected }: Pick<Progress, 'rejected'>): number {
  return Object.values(rejected).reduce((sum, count) => sum + count, 0);
}
