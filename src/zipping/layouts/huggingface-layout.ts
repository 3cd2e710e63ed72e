import { oneLine } from '../attribution.js';
import type { Manifest, ManifestFile } from '../manifest.js';
import { classesOf } from './classes.js';
import type { Layout, LayoutFile } from './layout.js';
import { SPLITS } from './splits.js';

/** The library reads texts of this form as times, and then a column has different types in the two parts. */
const TIME = /^\d{4}-\d\d-\d\d(?:[T ]\S*)?$/;

/**
 * The images in `train` and, if there is a split, `validation`, each with a `metadata.jsonl`, as
 * `load_dataset("imagefolder")` reads them. The library finds the parts by these folders; only without such
 * folders it would look for words such as `test` in the names of files.
 * @see https://huggingface.co/docs/datasets/image_dataset#imagefolder
 */
export const huggingFaceLayout: Layout = {
  folderOf: (_className, split) => `${split ?? 'train'}/`,
  filesOf: (manifest) => SPLITS.flatMap((split) => metadataFile(`${split}/`, manifest)),
};

function metadataFile(folder: string, manifest: Manifest): LayoutFile[] {
  const isThere = manifest.files.some(({ file }) => file.startsWith(folder));
  return isThere ? [{ name: `${folder}metadata.jsonl`, lines: metadataLines(folder, manifest) }] : [];
}

/** The captions and sources of the files in a folder, class by class. */
function* metadataLines(folder: string, manifest: Manifest): Generator<string, void, void> {
  for (const { name, query, files } of classesOf(manifest))
    for (const file of files)
      if (file.file.startsWith(folder))
        yield metadataLine(file.file.slice(folder.length), valuesOf(file, name, query));
}

type Values = Readonly<Record<string, string | null | undefined>>;

function valuesOf({ title, page, url, licence }: ManifestFile, label: string, query: string): Values {
  const text = oneLine(title ?? '') || label;
  const rights = { licence: licence?.name, licence_url: licence?.url, credit: licence?.credit };
  return { text, label, query, source: page, url, ...rights };
}

/** Every value is a text, since the parts must have columns of the same types: what is unknown is empty. */
function metadataLine(fileName: string, values: Values): string {
  const texts = Object.entries(values).map(([name, value]) => [name, asString(value ?? '')]);
  return `${JSON.stringify({ file_name: fileName, ...Object.fromEntries(texts) })}\n`;
}

/** One line of well-formed text that is read as text. */
function asString(text: string): string {
  const line = oneLine(text).toWellFormed();
  return TIME.test(line) ? `${line} ` : line;
}
