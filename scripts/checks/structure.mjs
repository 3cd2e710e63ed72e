// @ts-check
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Folders of the product. */
const FOLDERS = ['src', 'bots'];
/** Maximum files per folder: more are hard to survey. */
const MAX_FILES = 25;
const EXPORT =
  /^export (?:abstract |async |const |declare )*(?:class|const|enum|function\*?|interface|let|type) +(\w+)/gm;

/**
 * Exported names of the product that more than one file declares. Each exported name has one meaning
 * everywhere, so that a search finds the right thing.
 * @param {string} root
 * @returns {string[]} one line per name, with its files
 */
export function doubledNames(root) {
  /** @type {Map<string, string[]>} */
  const places = new Map();
  for (const file of productFiles(root).filter((one) => one.endsWith('.ts'))) {
    const names = new Set(
      [...readFileSync(join(root, file), 'utf8').matchAll(EXPORT)].map(([, name]) => name),
    );
    for (const name of names) if (name !== undefined) places.set(name, [...(places.get(name) ?? []), file]);
  }
  return [...places]
    .filter(([, files]) => files.length > 1)
    .map(([name, files]) => `${name} is exported by ${files.join(' and ')}: give one of them another name`);
}

/**
 * Folders of the product with too many files.
 * @param {string} root
 * @returns {string[]} one line per folder
 */
export function fullFolders(root) {
  const counts = Map.groupBy(productFiles(root), (file) => dirname(file));
  return [...counts]
    .filter(([, files]) => files.length > MAX_FILES)
    .map(
      ([folder, { length }]) => `${folder} has ${length} files, at most ${MAX_FILES} are allowed: split it`,
    );
}

/** @param {string} root @returns {string[]} paths relative to the root */
function productFiles(root) {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)),
  ).toSorted();
}
