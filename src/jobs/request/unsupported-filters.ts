import type { EngineName } from '../candidate.js';
import type { FilterName, Filters } from './filters.js';

/** Filters that cannot be honoured, for any value or for those that are listed. */
type Unsupported = { readonly [N in FilterName]?: 'all' | readonly Filters[N][] };

/**
 * What each engine neither narrows its search by nor states in its results, and no look at a file can tell.
 * Its adapter says how it honours the rest.
 */
const UNSUPPORTED: Readonly<Record<EngineName, Unsupported>> = {
  google: {},
  bing: {},
  duckduckgo: { type: ['face'] },
  openverse: { type: ['face', 'line'], age: 'all' },
  commons: { type: ['photo', 'face', 'clipart', 'line'], age: 'all', safe: ['strict'] },
};

/** The filters among `filters` that `engine` cannot honour at all; empty where it can be asked. */
export function unsupportedFilters(engine: EngineName, filters: Filters): FilterName[] {
  const names = Object.keys(filters) as FilterName[];
  return names.filter((name) => {
    const unsupported: 'all' | readonly Filters[FilterName][] = UNSUPPORTED[engine][name] ?? [];
    return unsupported === 'all' || unsupported.includes(filters[name]);
  });
}
