import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { AppError } from '../../jobs/app-error.js';
import { isOpenToAnybody } from './open-to-anybody.js';

/** What Chrome's TMPDIR is called in the folder. */
export const TMPDIR_PART = 't';
/** The socket that Chrome makes below its TMPDIR; others than Chromium have a shorter name. */
const SOCKET = '.org.chromium.Chromium.XXXXXX/SingletonSocket';
/** The system's field for the path of a socket holds 108 bytes, on others than Linux 104; the last one ends it. @see unix(7) */
const LONGEST_SOCKET_PATH = process.platform === 'linux' ? 107 : 103;

/** Where folders may be made, the one that is wanted first: as TMPDIR says, else where paths are short. */
export function folderParents(wanted = tmpdir()): string[] {
  return [...new Set([resolve(wanted), '/tmp', '/var/tmp'])];
}

/** The path of Chrome's socket in a folder, as long as it can become. */
export function socketPathIn(folder: string): string {
  return join(folder, TMPDIR_PART, SOCKET);
}

/** Those of `parents` in which Chrome's socket in a folder called `name` has a path that the system takes. */
export function fittingParents(parents: readonly string[], name: string): string[] {
  return parents.filter(
    (parent) => Buffer.byteLength(socketPathIn(join(parent, name))) <= LONGEST_SOCKET_PATH,
  );
}

/**
 * Where to make a folder called `name`.
 * @param asNobody whether another user than ours has to get at it
 * @throws AppError `browser.missing` where no parent is short enough and can be used
 */
export async function parentFor(
  name: string,
  asNobody: boolean,
  parents: readonly string[] = folderParents(),
): Promise<string> {
  for (const parent of fittingParents(parents, name)) if (await isUsable(parent, asNobody)) return parent;
  const most = LONGEST_SOCKET_PATH - Buffer.byteLength(socketPathIn(join('/', name)));
  const whose = asNobody ? 'everybody can pass through' : 'this user can write to';
  const problem = `none of ${parents.join(', ')} is a folder that ${whose}, with a path of at most ${most} bytes`;
  throw new AppError('browser.missing', { part: 'folder for what it writes', problem, setting: 'TMPDIR' });
}

async function isUsable(folder: string, asNobody: boolean): Promise<boolean> {
  try {
    await access(folder, constants.W_OK | constants.X_OK);
    return (await stat(folder)).isDirectory() && (!asNobody || (await isOpenToAnybody(folder)));
  } catch {
    // It is not there, or not for us.
    return false;
  }
}
