import { setImmediate as nextTurn } from 'node:timers/promises';
import { contactSheet } from './contact-sheet/contact-sheet.js';
import { LAYOUTS } from './layouts/layouts.js';
import { manifestCsv } from './manifest-csv.js';
import type { Manifest } from './manifest.js';
import { shortfallText } from './shortfall-text.js';
import type { ZipEntry } from './zip-stream.js';

/** Makes a companion; null if the archive has none of this name. */
type MakeCompanion = (manifest: Manifest) => string | null;

const COMPANIONS: readonly (readonly [name: string, make: MakeCompanion])[] = [
  ['manifest.csv', manifestCsv],
  ['manifest.json', (manifest) => `${JSON.stringify(manifest, null, 2)}\n`],
  ['index.html', contactSheet],
  ['shortfall.txt', shortfallText],
];

/**
 * The files of an archive beside its images: manifests, contact sheet and, if images are missing, the
 * reasons; then the files of its layout. Everything in them comes from the manifest.
 */
export async function companionsOf(manifest: Manifest): Promise<ZipEntry[]> {
  const entries: ZipEntry[] = [];
  for (const [name, make] of COMPANIONS) {
    // Each of them is long for a large job, and others must not wait for all of them.
    await nextTurn();
    const text = make(manifest);
    if (text !== null) entries.push({ name, bytes: Buffer.from(text) });
  }
  await nextTurn();
  const files = LAYOUTS[manifest.output?.layout ?? 'flat'].filesOf(manifest);
  return [...entries, ...files.map(({ name, text }) => ({ name, bytes: Buffer.from(text) }))];
}
