const DIST = new URL('../../dist/src/', import.meta.url);

/**
 * Loads a module of the build, e.g. `network/guarded-http.js`, so that benchmarks measure what people run.
 */
export function loadBuilt<T>(path: string): Promise<T> {
  return import(new URL(path, DIST).href) as Promise<T>;
}
