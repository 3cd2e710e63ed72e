import type { Manifest, ManifestFile } from '../manifest.js';
import type { ManifestQuery } from '../manifest-queries.js';

/** A query of a manifest with its files. */
export interface ImageClass extends Pick<ManifestQuery, 'query' | 'name'> {
  readonly files: readonly ManifestFile[];
}

/** The queries of a manifest in their order, each with its files. */
export function classesOf({ query, queries, files }: Manifest): ImageClass[] {
  if (queries === undefined) return [{ query, name: query, files }];
  const filesByName = Map.groupBy(files, ({ name = query }) => name);
  return queries.map((one) => ({
    query: one.query,
    name: one.name,
    files: filesByName.get(one.name) ?? [],
  }));
}
