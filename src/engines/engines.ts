/** Values of filters by the filter's name; `all`: whatever the value. */
type FilterValues = Readonly<Record<string, 'all' | readonly string[]>>;

/** One image search engine or open collection. */
export interface Engine {
  /** Its name for people. */
  readonly label: string;
  /** Further names people use for it, e.g. `ddg`. */
  readonly alsoCalled?: readonly string[];
  /** Default of its setting `<NAME>_URL`, without a slash at the end. */
  readonly baseUrl: string;
  /** Description of its setting `<NAME>_KEY`; absent: it needs no key. */
  readonly key?: string;
  /**
   * - `web`: a search engine read in Chrome, whose results are titled like their pages;
   * - `collection`: an open collection asked through its API, whose titles may say anything.
   */
  readonly kind: 'web' | 'collection';
  /** Filters that it does not apply, that its results do not state, and that the decoded file does not show. */
  readonly cannotFilter: FilterValues;
  /** Filters that none of its images pass. */
  readonly hasNone: FilterValues;
}

const TABLE = {
  google: {
    label: 'Google',
    baseUrl: 'https://www.google.com',
    kind: 'web',
    cannotFilter: {},
    hasNone: {},
  },
  bing: {
    label: 'Bing',
    baseUrl: 'https://www.bing.com',
    kind: 'web',
    cannotFilter: {},
    hasNone: {},
  },
  duckduckgo: {
    label: 'DuckDuckGo',
    alsoCalled: ['ddg'],
    baseUrl: 'https://duckduckgo.com',
    kind: 'web',
    cannotFilter: { type: ['face'] },
    hasNone: {},
  },
  openverse: {
    label: 'Openverse',
    baseUrl: 'https://api.openverse.org',
    kind: 'collection',
    cannotFilter: { type: ['face', 'line'], age: 'all' },
    hasNone: { fileType: ['avif'] },
  },
  commons: {
    label: 'Wikimedia Commons',
    alsoCalled: ['wikimedia', 'wikimedia commons'],
    baseUrl: 'https://commons.wikimedia.org',
    kind: 'collection',
    cannotFilter: { type: ['photo', 'face', 'clipart', 'line'], age: 'all', safe: ['strict'] },
    hasNone: {},
  },
} as const satisfies Readonly<Record<string, Engine>>;

/** The name of one engine. */
export type EngineName = keyof typeof TABLE;

/** The name of an engine that needs a key. */
export type KeyedEngineName = {
  [N in EngineName]: (typeof TABLE)[N] extends { readonly key: string } ? N : never;
}[EngineName];

/** Every engine there is, in the order they are asked by default. */
export const ENGINES: Readonly<Record<EngineName, Engine>> = TABLE;

/** The names of all engines, in the same order. */
export const ENGINE_NAMES = Object.keys(ENGINES) as readonly EngineName[];

/** The names of the engines of one kind. */
export function enginesOfKind(kind: Engine['kind']): readonly EngineName[] {
  return ENGINE_NAMES.filter((name) => ENGINES[name].kind === kind);
}
