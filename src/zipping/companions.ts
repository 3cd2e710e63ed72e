import { contactSheet } from './contact-sheet.js';
import { manifestCsv } from './manifest-csv.js';
import type { Manifest } from './manifest.js';
import { shortfallText } from './shortfall-text.js';
import type { ZipEntry } from './zip-stream.js';

/** The files of an archive beside its images: manifests, contact sheet and, if images are missing, the reasons. */
export function companionsOf(manifest: Manifest): ZipEntry[] {
  const missing = shortfallText(manifest);
  return [
    { name: 'manifest.csv', bytes: Buffer.from(manifestCsv(manifest)) },
    { name: 'manifest.json', bytes: Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`) },
    { name: 'index.html', bytes: Buffer.from(contactSheet(manifest)) },
    ...(missing === null ? [] : [{ name: 'shortfall.txt', bytes: Buffer.from(missing) }]),
  ];
}
