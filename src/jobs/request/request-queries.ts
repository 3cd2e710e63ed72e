import type { JobRequest, RequestQuery } from '../job.js';

type Queries = Pick<JobRequest, 'query' | 'count' | 'queries'>;

/** The searches of a request, in order; at least one. */
export function queriesOf({ query, count, queries }: Queries): readonly RequestQuery[] {
  return queries ?? [{ text: query, count }];
}

/** Whether a request has several searches. */
export function hasSeveralQueries(request: Queries): boolean {
  return queriesOf(request).length > 1;
}

/** The name of a search in folders, captions and lists. */
export function queryName({ name, text }: RequestQuery): string {
  return name ?? text;
}
