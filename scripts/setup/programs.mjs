// @ts-check
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string[]} the folders of the PATH
 */
export function pathFolders(env = process.env) {
  return (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
}

/**
 * @param {string} name
 * @returns {boolean} whether a program of that name is on the PATH
 */
export function isOnPath(name) {
  return pathFolders().some((folder) => isRunnable(join(folder, name)));
}

/**
 * @param {string} file
 * @returns {boolean} whether the file exists and this user may run it
 */
export function isRunnable(file) {
  if (file === '') return false;
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    // The reason does not matter: the caller tries another file.
    return false;
  }
}
