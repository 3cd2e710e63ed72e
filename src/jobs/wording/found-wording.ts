import type { Job, Progress } from '../job.js';
import { isFinal } from '../job-states.js';

/** What became of the results of a search. */
export interface FoundCounts {
  readonly found: number;
  readonly kept: number;
  /** Those whose image was rejected; absent: not known. */
  readonly leftOut?: number;
}

/** Why results were never tried: there were enough before, they still may be, or the job ended. */
export type Untried = 'not needed' | 'not tried yet' | 'not tried';

/** Why the results that a job has not tried were not tried. */
export function untriedOf({
  state,
  request,
  progress,
}: Pick<Job, 'state' | 'request' | 'progress'>): Untried {
  if (progress.kept >= request.count) return 'not needed';
  return isFinal(state) ? 'not tried' : 'not tried yet';
}

/** What became of results, e.g. `60 kept, 5 left out, 35 not needed`: the same words at every door. */
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

/** What became of everything that a job has found, e.g. `60 kept, 5 left out, 35 not needed`. */
export function allFoundText(job: Pick<Job, 'state' | 'request' | 'progress'>): string {
  const { found, kept } = job.progress;
  return foundText({ found, kept, leftOut: leftOutOf(job.progress) }, untriedOf(job));
}

/** How many results were left out, since their images were rejected. */
export function leftOutOf({ rejected }: Pick<Progress, 'rejected'>): number {
  return Object.values(rejected).reduce((sum, count) => sum + count, 0);
}
