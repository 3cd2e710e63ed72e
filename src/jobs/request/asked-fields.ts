import type { EngineName } from '../../engines/engines.js';
import type { Filters } from './filters.js';
import type { JobRequest } from '../job.js';
import type { Output } from './output.js';

/** Filters and engines by field name, in the shape that every door takes. */
export interface AskedFilters extends Omit<Filters, 'exactWidth' | 'exactHeight'> {
  /** E.g. `1920x1080`, in pixels. */
  readonly exactSize?: string;
  /** Absent for the operator's order. */
  readonly engines?: readonly EngineName[];
}

/** Options of the zip by field name. */
export interface AskedOutput extends Omit<Output, 'longestSidePx'> {
  /** In pixels. */
  readonly longestSide?: number;
}

/** The filters and engines of a request as fields, to ask for them again. */
export function askedFilters({ filters, engines }: Pick<JobRequest, 'filters' | 'engines'>): AskedFilters {
  const { exactWidth, exactHeight, ...rest } = filters;
  const isExact = exactWidth !== undefined && exactHeight !== undefined;
  return {
    ...rest,
    ...(isExact ? { exactSize: `${exactWidth}x${exactHeight}` } : {}),
    ...(engines.length > 0 ? { engines } : {}),
  };
}

/**
 * The options of the zip of a request as fields, to ask for them again; null if images stay as downloaded.
 */
export function askedOutput({ output = {} }: Pick<JobRequest, 'output'>): AskedOutput | null {
  const { longestSidePx, ...rest } = output;
  const asked = { ...rest, ...(longestSidePx === undefined ? {} : { longestSide: longestSidePx }) };
  return Object.keys(asked).length === 0 ? null : asked;
}
