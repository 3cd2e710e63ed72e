import type { EngineName } from '../../engines/engines.js';
import type { Filters } from './filters.js';
import type { JobRequest } from '../job.js';
import type { Output } from './output.js';

/** Filters and engines under the names and in the shapes in which every door takes them. */
export interface AskedFilters extends Omit<Filters, 'exactWidth' | 'exactHeight'> {
  /** E.g. `1920x1080`, in pixels. */
  readonly exactSize?: string;
  /** Absent where the operator's order counts. */
  readonly engines?: readonly EngineName[];
}

/** Options of the zip under the names in which every door takes them. */
export interface AskedOutput extends Omit<Output, 'longestSidePx'> {
  /** In pixels. */
  readonly longestSide?: number;
}

/** What the images of a request must be like, as it can be asked for again. */
export function askedFilters({ filters, engines }: Pick<JobRequest, 'filters' | 'engines'>): AskedFilters {
  const { exactWidth, exactHeight, ...rest } = filters;
  const isExact = exactWidth !== undefined && exactHeight !== undefined;
  return {
    ...rest,
    ...(isExact ? { exactSize: `${exactWidth}x${exactHeight}` } : {}),
    ...(engines.length > 0 ? { engines } : {}),
  };
}

/** How the images of a request are put into the zip, as it can be asked for again; null: as downloaded. */
export function askedOutput({ output = {} }: Pick<JobRequest, 'output'>): AskedOutput | null {
  const { longestSidePx, ...rest } = output;
  const asked = { ...rest, ...(longestSidePx === undefined ? {} : { longestSide: longestSidePx }) };
  return Object.keys(asked).length === 0 ? null : asked;
}
