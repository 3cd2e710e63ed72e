import { oneLine } from '../attribution.js';
import type { Manifest } from '../manifest.js';
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
  filesOf: (manifest) => {
    const rows = rowsOf(manifest);
    return SPLITS.flatMap((split) => metadataFile(`${split}/`, rows));
  },
};

interface Row {
  readonly file: string;
  readonly values: Readonly<Record<string, string | null | undefined>>;
}

/** The captions and sources of all files, in the order of the manifest. */
function rowsOf(manifest: Manifest): Row[] {
  const rows = classesOf(manifest).flatMap(({ name, query, files }) =>
    files.map((file): Row => {
      const { title, page, url, licence } = file;
      const caption = oneLine(title ?? '') || name;
      const rights = { licence: licence?.name, licence_url: licence?.url, credit: licence?.credit };
      return { file: file.file, values: { text: caption, label: name, query, source: page, url, ...rights } };
    }),
  );
  return rows;
}

function metadataFile(folder: string, rows: readonly Row[]): LayoutFile[] {
  const lines = rows
    .filter(({ file }) => file.startsWith(folder))
    .map(({ file, values }) => metadataLine(file.slice(folder.length), values));
  return lines.length === 0 ? [] : [{ name: `${folder}metadata.jsonl`, text: lines.join('') }];
}

/** Every value is a text, since the parts must have columns of the same types: what is unknown is empty. */
function metadataLine(fileName: string, values: Row['values']): string {
  const texts = Object.entries(values).map(([name, value]) => [name, asString(value ?? '')]);
  return `${JSON.stringify({ file_name: fileName, ...Object.fromEntries(texts) })}\n`;
}

/** One line of well-formed text that is read as text. */
function asString(text: string): string {
  const line = oneLine(text).toWellFormed();
  return TIME.test(line) ? `${line} ` : line;
}
