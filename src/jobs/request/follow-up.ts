import type { Job, JobRequest, RequestQuery } from '../job.js';
import { hasSeveralQueries, imagesOf, queriesOf } from './request-queries.js';

/** Jobs that go on where another one ended: for the images it lacks, or for as many others. */
export type FollowUp = 'missing' | 'next';

type Ended = Pick<Job, 'state' | 'request' | 'delivered' | 'progress'>;

/** The number of images that a ready job lacks; 0 in any other state. */
export function missingCount(job: Ended): number {
  return job.state === 'ready' ? imagesOf(lackingQueries(job)) : 0;
}

/** @returns the request that goes on after a job, without its time; null if there is none */
export function followUpRequest(job: Ended, kind: FollowUp): Omit<JobRequest, 'dueAt' | 'startsNow'> | null {
  if (job.state !== 'ready') return null;
  return kind === 'next' ? job.request : missingRequest(job);
}

function missingRequest(job: Ended): JobRequest | null {
  const lacking = lackingQueries(job);
  const [first] = lacking;
  if (first === undefined) return null;
  const { request } = job;
  const count = imagesOf(lacking);
  // A list stays one even with one search left: its name is a folder.
  return request.queries === undefined
    ? { ...request, count }
    : { ...request, query: first.text, count, queries: lacking };
}

function lackingQueries({ request, delivered, progress }: Ended): RequestQuery[] {
  const keptOf = (index: number): number =>
    hasSeveralQueries(request) ? (progress.queries?.[index]?.kept ?? 0) : delivered;
  return queriesOf(request)
    .map((query, index) => ({ ...query, count: query.count - keptOf(index) }))
    .filter(({ count }) => count > 0);
}
