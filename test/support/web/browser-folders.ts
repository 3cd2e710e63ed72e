import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { folderParents } from '../../../src/scraping/browser/folder-parent.js';

/** The temporary browser folders that a process has created. */
export async function browserFoldersOf(pid: number): Promise<string[]> {
  const found = await Promise.all(
    folderParents().map(async (parent) => {
      const names = await readdir(parent);
      return names
        .filter((name) => new RegExp(`^image-job-browser-\\d+-${pid}-`).test(name))
        .map((name) => join(parent, name));
    }),
  );
  return found.flat();
}
