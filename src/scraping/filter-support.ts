import type { EngineName } from '../engines/engines.js';
import type { FilterName, Filters } from '../jobs/request/filters.js';
import { LARGE_FROM_PX } from '../jobs/request/image-shape.js';
import { hopelessFilters, unsupportedFilters } from '../jobs/request/unsupported-filters.js';

/**
 * How one engine handles a filter:
 * - `applied`: the engine itself narrows its search;
 * - `checked`: the engine does not, or only roughly, but every result is checked by its stated facts or on
 *   the decoded image;
 * - `unsupported`: neither is possible, so this engine cannot be asked;
 * - `hopeless`: the engine has no such images, so it need not be asked.
 */
export type FilterHandling = 'applied' | 'checked' | 'unsupported' | 'hopeless';

/** The handling of every requested filter. */
export type FilterSupport = Readonly<Partial<Record<FilterName, FilterHandling>>>;

/** The question that expresses the filters to one engine. */
export interface FilterPlan {
  /** Words that follow the query. */
  readonly words: readonly string[];
  /** Parameters of the address. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly support: FilterSupport;
}

/** The names of the requested filters. */
function requestedNames(filters: Filters): FilterName[] {
  const names = Object.keys(filters) as FilterName[];
  return names.filter((name) => {
    const value = filters[name];
    return value !== undefined && !(Array.isArray(value) && value.length === 0);
  });
}

/**
 * Lists how an engine handles the filters.
 * @param applied the filters it narrows its search by
 */
export function supportOf(
  engine: EngineName,
  filters: Filters,
  applied: readonly FilterName[],
): FilterSupport {
  const unsupported = unsupportedFilters(engine, filters);
  const hopeless = hopelessFilters(engine, filters);
  const handling = (name: FilterName): FilterHandling => {
    if (unsupported.includes(name)) return 'unsupported';
    if (hopeless.includes(name)) return 'hopeless';
    return applied.includes(name) ? 'applied' : 'checked';
  };
  return Object.fromEntries(requestedNames(filters).map((name) => [name, handling(name)]));
}

/** The filters that are handled in one way. */
export function filtersHandledAs(handling: FilterHandling, support: FilterSupport): FilterName[] {
  const names = Object.keys(support) as FilterName[];
  return names.filter((name) => support[name] === handling);
}

/** The words for search engines that know `site:`. */
export function siteWords({ sites = [], withoutSites = [] }: Filters): string[] {
  const wanted = sites.map((site) => `site:${site}`);
  const among = wanted.length > 1 ? [`(${wanted.join(' OR ')})`] : wanted;
  return [...among, ...withoutSites.map((site) => `-site:${site}`)];
}

/** The size class to search: the requested one, or large if only large images can be big enough. */
export function sizeToFind(filters: Filters): Filters['size'] {
  const { size, minWidth = 0, minHeight = 0, exactWidth = 0, exactHeight = 0 } = filters;
  const isLarge = Math.max(minWidth, minHeight, exactWidth, exactHeight) >= LARGE_FROM_PX;
  return size ?? (isLarge ? 'large' : undefined);
}
