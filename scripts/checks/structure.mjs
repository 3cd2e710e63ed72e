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
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const file of productFiles(root)) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count > MAX_FILES)
    .map(([folder, count]) => `${folder} has ${count} files, at most ${MAX_FILES} are allowed: split it`);
}

/** @param {string} root @returns {string[]} paths from the root */
function productFiles(root) {
  return FOLDERS.flatMap((folder) => filesBelow(root, folder)).sort();
}

/** @param {string} root @param {string} folder @returns {string[]} */
function filesBelow(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(root, path) : [path];
  });
}
