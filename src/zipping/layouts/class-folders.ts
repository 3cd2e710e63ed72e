import anyAscii from 'any-ascii';
import { isReservedName } from '../entry-names.js';

const MAX_LENGTH = 60;
/** Leaves room for the suffix of equal folders. */
const MAX_BASE_LENGTH = 56;
/** Neither letters, digits and their marks, nor the signs that tell `C++` and `C#` from `C`. */
const NOT_IN_NAMES = /[^\p{L}\p{N}\p{M}\s+#_-]+/gu;

/**
 * The folders of classes: ASCII letters, digits, `+`, `#`, `-` and `_`; 1 to 60 bytes; no name that Windows
 * reserves; unique ignoring case.
 * @param names of the classes
 * @returns a folder for each name, in order
 */
export function classFolders(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const base = baseOf(name);
    let folder = base;
    for (let number = 2; taken.has(folder.toLowerCase()); number += 1)
      folder = `${base.slice(0, MAX_BASE_LENGTH)}-${number}`;
    taken.add(folder.toLowerCase());
    return folder;
  });
}

function baseOf(name: string): string {
  const words = anyAscii(name.replace(NOT_IN_NAMES, ' '))
    .replace(/['`]/g, '')
    .replace(/[^A-Za-z0-9+#-]+/g, '_')
    .slice(0, MAX_LENGTH)
    .replace(/^[-_]+|[-_]+$/g, '');
  if (words === '') return 'class';
  return isReservedName(words) ? `${words}_` : words;
}
