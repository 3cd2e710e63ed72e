import { createHash } from 'node:crypto';
import type { Darkroom } from './pictures/darkroom.ts';
import type { CatalogueEntry, CatalogueLine } from './web/entry.ts';

/** Behaviours that never serve the entry's own whole picture. */
const WITHOUT_FILE = new Set(['html', 'text', 'svg', 'empty', 'tiny', 'bomb', 'redirect-private']);

/** Turns entries into plain data with the digests of their files, painting missing ones. */
export function catalogueLines(
  entries: readonly CatalogueEntry[],
  darkroom: Darkroom,
): Promise<CatalogueLine[]> {
  return Promise.all(entries.map((entry) => lineOf(entry, darkroom)));
}

async function lineOf(entry: CatalogueEntry, darkroom: Darkroom): Promise<CatalogueLine> {
  const { picture, variant, ...rest } = entry;
  const format = variant === 'reencoded' ? 'jpeg' : picture.format;
  if (WITHOUT_FILE.has(entry.behaviour)) return { ...rest, format, sha256: null, bytes: null };
  const file = await darkroom.file(entry);
  const sha256 = createHash('sha256').update(file).digest('hex');
  return { ...rest, format, sha256, bytes: file.length };
}
