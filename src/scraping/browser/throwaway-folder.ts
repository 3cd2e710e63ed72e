import { existsSync } from 'node:fs';
import { chown, lstat, mkdir, mkdtemp, readdir, readlink, rm, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasCode, killProcessesOf, startOf } from './process-tree.js';

/** The unprivileged user who runs Chrome where we are root: `nobody`. */
export const NOBODY = { uid: 65_534, gid: 65_534 } as const;

/** A long path would leave no room for the socket that Chrome makes in it. */
const MAX_PARENT = 24;
/** Where the folders are made. */
export const PARENT = tmpdir().length <= MAX_PARENT || !existsSync('/tmp') ? tmpdir() : '/tmp';

const PREFIX = 'image-job-browser-';
const NAME = /^image-job-browser-(\w+)-(\d+)-(\d+)-\w+$/;
/** The kernel's number of the first pid namespace. */
const FIRST_NAMESPACE = 4_026_531_836;
/** Chrome makes a socket below TMPDIR and ends where its path is longer than about 108 characters. */
const PARTS = {
  HOME: 'home',
  TMPDIR: 't',
  XDG_CONFIG_HOME: 'config',
  XDG_CACHE_HOME: 'cache',
  XDG_RUNTIME_DIR: 'run',
};

/** A folder that holds everything a browser writes. */
export interface ThrowawayFolder {
  readonly path: string;
  readonly profile: string;
  /** The whole environment of the browser: nothing of ours gets into it. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Makes a folder whose name says which process owns it, so that a later process can tell whether it is stale.
 * @param asNobody whether its inside belongs to `nobody`
 */
export async function makeThrowawayFolder(asNobody: boolean): Promise<ThrowawayFolder> {
  const owner = `${await pidNamespace()}-${process.pid}-${(await startOf(process.pid)) ?? 0}`;
  const path = await mkdtemp(join(PARENT, `${PREFIX}${owner}-`));
  // Others may pass through, but only into the parts that are theirs.
  await chmod(path, 0o711);
  for (const part of [...Object.values(PARTS), 'profile']) {
    await mkdir(join(path, part), { mode: 0o700 });
    if (asNobody) await chown(join(path, part), NOBODY.uid, NOBODY.gid);
  }
  const folders = Object.entries(PARTS).map(([name, part]) => [name, join(path, part)]);
  const environment = {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    LANG: 'C.UTF-8',
    ...Object.fromEntries(folders),
  };
  return { path, profile: join(path, 'profile'), environment };
}

/** Kills what still runs in a throw-away folder and removes it. */
export async function removeThrowawayFolder(path: string, group: number | null): Promise<void> {
  await killProcessesOf(path, group);
  await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}

/**
 * Removes the folders, and kills the browsers, of processes that died without doing it themselves.
 * @returns how many there were
 */
export async function sweepThrowawayFolders(): Promise<number> {
  const names = (await readdir(PARENT)).filter((name) => NAME.test(name));
  const stale = await Promise.all(names.map((name) => isStale(name)));
  const swept = names.filter((_, index) => stale[index]);
  for (const name of swept) await removeThrowawayFolder(join(PARENT, name), null);
  return swept.length;
}

async function isStale(name: string): Promise<boolean> {
  const [, namespace, pid, start] = NAME.exec(name) ?? [];
  // A process of another container cannot be seen from here: its folder is left alone.
  if (pid === undefined || namespace !== (await pidNamespace())) return false;
  const entry = await lstat(join(PARENT, name)).catch(() => null);
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

/** Counted from the first one: the path of the folder has to be short. */
async function pidNamespace(): Promise<string> {
  const link = await readlink('/proc/self/ns/pid').catch(() => 'pid:[0]');
  return String(Math.abs(Number(/\d+/.exec(link)?.[0] ?? 0) - FIRST_NAMESPACE));
}
