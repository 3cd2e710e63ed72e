import { chown, lstat, mkdir, mkdtemp, readdir, readlink, rm, chmod } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { folderParents, parentFor, TMPDIR_PART } from './folder-parent.js';
import { hasCode, killProcessesOf, startOf } from './process-tree.js';

/** The unprivileged user who runs Chrome if this process is root: `nobody`. */
export const NOBODY = { uid: 65_534, gid: 65_534 } as const;

const PREFIX = 'image-job-browser-';
/** The suffix of `mkdtemp`. */
const RANDOM_PART = 'XXXXXX';
const NAME = /^image-job-browser-(\w+)-(\d+)-(\d+)-\w+$/;
/** The kernel's number of the first pid namespace. */
const FIRST_NAMESPACE = 4_026_531_836;
const PARTS = {
  HOME: 'home',
  TMPDIR: TMPDIR_PART,
  XDG_CONFIG_HOME: 'config',
  XDG_CACHE_HOME: 'cache',
  XDG_RUNTIME_DIR: 'run',
};
const PROFILE = 'profile';

/** A folder for all files of a browser. */
export interface ThrowawayFolder {
  readonly path: string;
  readonly profile: string;
  /** The whole environment of the browser, without any of our own variables. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Makes a folder whose name tells which process owns it, so that a later process knows whether it is stale.
 * @param asNobody whether its content belongs to `nobody`
 * @throws AppError `browser.missing` if there is no place for it; the system's error
 */
export async function makeThrowawayFolder(asNobody: boolean): Promise<ThrowawayFolder> {
  const owner = `${await pidNamespace()}-${process.pid}-${(await startOf(process.pid)) ?? 0}`;
  const name = `${PREFIX}${owner}-`;
  const parent = await parentFor(`${name}${RANDOM_PART}`, asNobody);
  const path = await mkdtemp(join(parent, name));
  try {
    await makeParts(path, asNobody);
  } catch (error) {
    await rm(path, { recursive: true, force: true });
    throw error;
  }
  const folders = Object.entries(PARTS).map(([variable, part]) => [variable, join(path, part)]);
  const environment = {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    LANG: 'C.UTF-8',
    ...Object.fromEntries(folders),
  };
  return { path, profile: join(path, PROFILE), environment };
}

async function makeParts(path: string, asNobody: boolean): Promise<void> {
  // Lets other users pass through, but only into their own parts.
  await chmod(path, 0o711);
  for (const part of [...Object.values(PARTS), PROFILE]) {
    await mkdir(join(path, part), { mode: 0o700 });
    if (asNobody) await chown(join(path, part), NOBODY.uid, NOBODY.gid);
  }
}

/** Kills the processes of a throw-away folder and removes it. */
export async function removeThrowawayFolder(path: string, group: number | null): Promise<void> {
  await killProcessesOf(path, group);
  await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}

/**
 * Removes the folders and kills the browsers of processes that died without doing so.
 * @returns their number
 */
export async function sweepThrowawayFolders(): Promise<number> {
  const found = await Promise.all(folderParents().map(foldersIn));
  const folders = found.flat();
  const stale = await Promise.all(folders.map(isStale));
  const swept = folders.filter((_, index) => stale[index]);
  for (const folder of swept) await removeThrowawayFolder(folder, null);
  return swept.length;
}

async function foldersIn(parent: string): Promise<string[]> {
  try {
    const names = await readdir(parent);
    return names.filter((name) => NAME.test(name)).map((name) => join(parent, name));
  } catch (error) {
    // A folder that is missing or unreadable holds nothing from Image Job.
    if (hasCode(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'EPERM')) return [];
    throw error;
  }
}

async function isStale(folder: string): Promise<boolean> {
  const [, namespace, pid, start] = NAME.exec(basename(folder)) ?? [];
  // A process of another container is invisible from here: its folder stays.
  if (pid === undefined || namespace !== (await pidNamespace())) return false;
  const entry = await lstat(folder).catch(() => null);
  if (entry === null || !entry.isDirectory() || entry.uid !== process.getuid?.()) return false;
  return start === '0' ? !isRunning(Number(pid)) : (await startOf(Number(pid))) !== start;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return !hasCode(error, 'ESRCH');
  }
}

/** Counted from the first namespace, because the path of the folder has to be short. */
async function pidNamespace(): Promise<string> {
  const link = await readlink('/proc/self/ns/pid').catch(() => 'pid:[0]');
  return String(Math.abs(Number(/\d+/.exec(link)?.[0] ?? 0) - FIRST_NAMESPACE));
}
