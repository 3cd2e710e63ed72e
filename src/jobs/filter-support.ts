import type { EngineName } from './candidate.js';
import type { FilterName, Filters } from './filters.js';

/**
 * How an engine honours a filter: `applied` by the engine itself, `checked` on what it found (before or after
 * the download), or `unsupported`: neither the engine nor the file can tell.
 */
export type FilterSupport = 'applied' | 'checked' | 'unsupported';

/** For every value of a filter alike, or value by value. */
type Support<N extends FilterName> =
  | FilterSupport
  | (NonNullable<Filters[N]> extends string
      ? Readonly<Record<NonNullable<Filters[N]>, FilterSupport>>
      : never);

type EngineSupport = { readonly [N in FilterName]: Support<N> };

const ONLY_ANIMATION = {
  photo: 'unsupported',
  face: 'unsupported',
  clipart: 'unsupported',
  line: 'unsupported',
  animated: 'checked',
} as const;

/** What any image shows by itself once it is here; the rest only an engine can know. */
const BY_THE_FILE: EngineSupport = {
  size: 'checked',
  minWidth: 'checked',
  minHeight: 'checked',
  exactWidth: 'checked',
  exactHeight: 'checked',
  color: 'checked',
  type: ONLY_ANIMATION,
  aspect: 'checked',
  licence: 'unsupported',
  age: 'unsupported',
  sites: 'checked',
  withoutSites: 'checked',
  safe: { off: 'applied', moderate: 'applied', strict: 'unsupported' },
  fileType: 'checked',
};

const BY_A_WEB_SEARCH: EngineSupport = {
  ...BY_THE_FILE,
  size: 'applied',
  color: 'applied',
  type: 'applied',
  licence: 'applied',
  age: 'applied',
  sites: 'applied',
  withoutSites: 'applied',
  safe: 'applied',
};

/** What each engine makes of each filter; its adapter is written to this table. */
const ENGINE_SUPPORT: Readonly<Record<EngineName, EngineSupport>> = {
  google: { ...BY_A_WEB_SEARCH, exactWidth: 'applied', exactHeight: 'applied', fileType: 'applied' },
  bing: { ...BY_A_WEB_SEARCH, aspect: 'applied' },
  duckduckgo: {
    ...BY_A_WEB_SEARCH,
    aspect: 'applied',
    type: { photo: 'applied', face: 'unsupported', clipart: 'applied', line: 'applied', animated: 'applied' },
  },
  openverse: {
    ...BY_THE_FILE,
    type: { ...ONLY_ANIMATION, photo: 'applied' },
    licence: 'applied',
    safe: 'applied',
    fileType: 'applied',
  },
  commons: { ...BY_THE_FILE, licence: 'applied', fileType: 'applied' },
};

function supportOf(engine: EngineName, name: FilterName, filters: Filters): FilterSupport {
  const support: FilterSupport | Readonly<Record<string, FilterSupport>> = ENGINE_SUPPORT[engine][name];
  return typeof support === 'string' ? support : (support[String(filters[name])] ?? 'unsupported');
}

/** How `engine` honours each of `filters`. */
export function filterSupport(engine: EngineName, filters: Filters): ReadonlyMap<FilterName, FilterSupport> {
  const names = Object.keys(filters) as FilterName[];
  return new Map(names.map((name) => [name, supportOf(engine, name, filters)]));
}

/** The filters among `filters` that `engine` cannot honour at all; empty where it can be asked. */
export function unsupportedFilters(engine: EngineName, filters: Filters): FilterName[] {
  return [...filterSupport(engine, filters)].flatMap(([name, how]) => (how === 'unsupported' ? [name] : []));
}
