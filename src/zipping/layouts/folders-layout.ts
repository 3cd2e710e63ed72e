import type { Manifest } from '../manifest.js';
import type { Layout, LayoutFile } from './layout.js';
import { classesOf } from './classes.js';

/**
 * A folder for each query, within `train` and `validation` if there is a split, as ImageFolder and Keras read
 * them; `classes.json` says which query each folder is.
 * @see https://pytorch.org/vision/stable/generated/torchvision.datasets.ImageFolder.html
 * @see https://keras.io/api/data_loading/image/
 */
export const foldersLayout: Layout = {
  folderOf: (className, split) => (split === null ? `${className}/` : `${split}/${className}/`),
  filesOf: (manifest) => [classList(manifest)],
};

/** `classes.json`: the classes in the order in which the libraries number them, then those without images. */
function classList(manifest: Manifest): LayoutFile {
  const classes = classesOf(manifest).map(({ query, name, files }) => {
    const [first] = files;
    // The last folder of the path is the class.
    return { folder: first?.file.split('/').at(-2) ?? null, name, query, images: files.length };
  });
  const there = classes.filter(({ images }) => images > 0).toSorted(byFolder);
  const numbered = there.map((one, index) => ({ index, ...one }));
  const empty = classes.filter(({ images }) => images === 0).map((one) => ({ index: null, ...one }));
  return { name: 'classes.json', lines: [`${JSON.stringify([...numbered, ...empty], null, 2)}\n`] };
}

interface InFolder {
  readonly folder: string | null;
}

/** In the order of code units, as Python sorts ASCII. */
function byFolder({ folder: a }: InFolder, { folder: b }: InFolder): number {
  return (a ?? '') < (b ?? '') ? -1 : 1;
}
