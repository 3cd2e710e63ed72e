import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { AppError } from '../../jobs/app-error.js';
import { isOpenToAnybody } from './open-to-anybody.js';

/** Name of Chrome's TMPDIR in the folder. */
export const TMPDIR_PART = 't';
/** The socket that Chrome makes below its TMPDIR; browsers other than Chromium have a shorter name. */
const SOCKET = '.org.chromium.Chromium.XXXXXX/SingletonSocket';
/**
 * The system limits the path of a socket to 108 bytes, on systems other than Linux to 104, with a final zero
 * byte. @see unix(7)
 */
const LONGEST_SOCKET_PATH = process.platform === 'linux' ? 107 : 103;

/** Candidates for the parent folder, the preferred one first: TMPDIR, then short paths. */
export function folderParents(wanted = tmpdir()): string[] {
  return [...new Set([resolve(wanted), '/tmp', '/var/tmp'])];
}

/** The longest path of Chrome's socket in a folder. */
export function socketPathIn(folder: string): string {
  return join(folder, TMPDIR_PART, SOCKET);
}

/** The `parents` in which Chrome's socket in a folder called `name` has a short enough path. */
export function fittingParents(parents: readonly string[], name: string): string[] {
  return parents.filter(
    (parent) => Buffer.byteLength(socketPathIn(join(parent, name))) <= LONGEST_SOCKET_PATH,
  );
}

/**
 * Chooses the parent of a folder called `name`.
 * @param asNobody whether another user needs access to it
 * @throws AppError `browser.missing` if no parent is short enough and usable
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
    // It does not exist, or is not accessible.
    return false;
  }
}
