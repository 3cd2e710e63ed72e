import type { Job, ShortfallEntry } from '../jobs/job.js';
import { shortfallByReason } from '../jobs/wording/query-reports.js';
import { titleOf } from '../jobs/wording/what-text.js';
import { queriesOf, queryName } from '../jobs/request/request-queries.js';
import type { Split } from './layouts/splits.js';

/** The facts that decide the place of a file in the archive. */
export interface PlaceFacts {
  /** The query that found the image, and its name; only if the manifest lists its queries. */
  readonly query?: string;
  readonly name?: string;
  /** Only if the images are split. */
  readonly split?: Split;
}

/** One query of a job with several. */
export interface ManifestQuery {
  readonly query: string;
  /** In folders, captions and headings. */
  readonly name: string;
  readonly askedFor: number;
  readonly delivered: number;
  readonly shortfall: readonly ShortfallEntry[];
}

/** The queries of a job with their results. */
export function manifestQueries(
  { request }: Pick<Job, 'request'>,
  files: readonly PlaceFacts[],
  shortfall: readonly ShortfallEntry[],
): ManifestQuery[] {
  return queriesOf(request).map((query, index) => {
    const name = queryName(query);
    return {
      query: query.text,
      name,
      askedFor: query.count,
      delivered: files.filter((file) => file.name === name).length,
      shortfall: shortfallByReason(shortfall.filter(({ query: of = 0 }) => of === index)),
    };
  });
}

interface Titled {
  readonly query: string;
  readonly queries?: readonly ManifestQuery[];
}

/** The title of an archive, e.g. `red panda` or `“red panda” and 9 more`. */
export function manifestTitle({ query, queries }: Titled): string {
  const searches = queries?.map((one) => one.query) ?? [];
  return searches.length < 2 ? query : titleOf(searches);
}
