import { type EngineName, ENGINES } from '../../engines/engines.js';
import type { FilterName, Filters } from './filters.js';

/** The filters among `filters` that `engine` cannot honour at all. */
export function unsupportedFilters(engine: EngineName, filters: Filters): FilterName[] {
  return filtersIn(ENGINES[engine].cannotFilter, filters);
}

/** The filters among `filters` that none of the images of `engine` pass. */
export function hopelessFilters(engine: EngineName, filters: Filters): FilterName[] {
  return filtersIn(ENGINES[engine].hasNone, filters);
}

function filtersIn(
  listed: Readonly<Record<string, 'all' | readonly string[]>>,
  filters: Filters,
): FilterName[] {
  const names = Object.keys(filters) as FilterName[];
  return names.filter((name) => {
    const values = listed[name] ?? [];
    return values === 'all' || values.includes(String(filters[name]));
  });
}
