import type { JobRequest, RequestQuery } from '../job.js';

type Queries = Pick<JobRequest, 'query' | 'count' | 'queries'>;

/** The searches of a request, in order; at least one. */
export function queriesOf({ query, count, queries }: Queries): readonly RequestQuery[] {
  return queries ?? [{ text: query, count }];
}

/** The number of images of searches together. */
export function imagesOf(queries: readonly Pick<RequestQuery, 'count'>[]): number {
  return queries.reduce((sum, { count }) => sum + count, 0);
}

/** Whether a request has several searches. */
export function hasSeveralQueries(request: Queries): boolean {
  return queriesOf(request).length > 1;
}

/** The name of a search in folders, captions and lists. */
export function queryName({ name, text }: RequestQuery): string {
  return name ?? text;
}
