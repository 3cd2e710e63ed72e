import { contactSheet } from './contact-sheet/contact-sheet.js';
import { LAYOUTS } from './layouts/layouts.js';
import { manifestCsv } from './manifest-csv.js';
import { manifestJson } from './manifest-json.js';
import type { Manifest } from './manifest.js';
import { shortfallText } from './shortfall-text.js';
import { bytesInTurns } from './text-bytes.js';
import type { ZipEntry } from './zip-stream.js';

/**
 * The files of an archive beside its images: manifests, contact sheet and, if images are missing, the
 * reasons; then the files of its layout. Everything in them comes from the manifest.
 */
export async function companionsOf(manifest: Manifest): Promise<ZipEntry[]> {
  const missing = shortfallText(manifest);
  const files: readonly (readonly [name: string, text: Iterable<string>])[] = [
    ['manifest.csv', manifestCsv(manifest)],
    ['manifest.json', manifestJson(manifest)],
    ['index.html', contactSheet(manifest)],
    ...(missing === null ? [] : [['shortfall.txt', [missing]] as const]),
    ...LAYOUTS[manifest.output?.layout ?? 'flat']
      .filesOf(manifest)
      .map(({ name, lines }) => [name, lines] as const),
  ];
  const entries: ZipEntry[] = [];
  for (const [name, text] of files) entries.push({ name, bytes: await bytesInTurns(text) });
  return entries;
}
