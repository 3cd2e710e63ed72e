// @ts-check
import { randomBytes } from 'node:crypto';
import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SetUpFailure, isSystemError } from './failure.mjs';

/** @typedef {{ token: string, pid: number, host: string, startedAt: string }} Holder */

const BEAT_MS = 2000;
const SILENT_MS = 60_000;
const POLL_MS = 250;
const WAIT_MS = 20 * 60_000;

/**
 * Lets one process at a time do `work`; others wait for the lock. Takes the lock from a holder that died.
 * @template T
 * @param {string} path the lock file
 * @param {() => Promise<T>} work
 * @param {{ waitMs?: number, say?: (line: string) => void }} [options]
 * @returns {Promise<T>}
 * @throws {SetUpFailure} if the lock stays taken or its folder is not writable
 */
export async function withLock(path, work, { waitMs = WAIT_MS, say = console.log } = {}) {
  const me = {
    token: randomBytes(8).toString('hex'),
    pid: process.pid,
    host: hostname(),
    startedAt: startOf(process.pid),
  };
  await acquire(path, me, waitMs, say);
  const release = () => readHolder(path)?.token === me.token && rmSync(path, { force: true });
  const beat = setInterval(() => touch(path), BEAT_MS);
  process.once('exit', release);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    process.off('exit', release);
    release();
  }
}

/**
 * @param {string} path
 * @param {Holder} me
 * @param {number} waitMs
 * @param {(line: string) => void} say
 */
async function acquire(path, me, waitMs, say) {
  const giveUpAt = performance.now() + waitMs;
  let hasSaid = false;
  while (!tryTake(path, me)) {
    const holder = readHolder(path);
    if (holder === null) continue;
    if (isGone(path, holder)) {
      passOver(path, holder);
      continue;
    }
    if (!hasSaid) say(`Another set-up (process ${holder.pid}) is at work; waiting for it…`);
    hasSaid = true;
    if (performance.now() > giveUpAt)
      throw new SetUpFailure(
        'Image Job',
        `process ${holder.pid} has been setting it up for too long`,
        `kill ${holder.pid}`,
      );
    await delay(POLL_MS);
  }
}

/**
 * Writes a temporary file and links it into place, so that no process reads a half-written lock.
 * @param {string} path
 * @param {Holder} me
 * @returns {boolean} whether this process now holds the lock
 */
function tryTake(path, me) {
  const aside = `${path}.${me.token}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(aside, JSON.stringify(me));
  } catch (error) {
    if (!isSystemError(error, 'EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOTDIR', 'EEXIST')) throw error;
    throw new SetUpFailure(
      'Image Job',
      `${dirname(path)} cannot be written (${String(error)})`,
      'make the project folder writable for this user, or copy it to one that is',
    );
  }
  try {
    linkSync(aside, path);
    return true;
  } catch (error) {
    if (isSystemError(error, 'EEXIST')) return false;
    throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/**
 * Moves a dead holder's lock away. Puts it back if another process has replaced it with a live lock
 * meanwhile.
 * @param {string} path
 * @param {Holder} dead
 */
function passOver(path, dead) {
  const aside = `${path}.dead.${randomBytes(4).toString('hex')}`;
  try {
    renameSync(path, aside);
    if (readHolder(aside)?.token !== dead.token) linkSync(aside, path);
  } catch (error) {
    if (!isSystemError(error, 'ENOENT', 'EEXIST')) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/**
 * @param {string} path
 * @returns {Holder | null}
 */
function readHolder(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return null;
    if (error instanceof SyntaxError) return { token: '', pid: 0, host: '', startedAt: '' };
    throw error;
  }
}

/**
 * @param {string} path
 * @param {Holder} holder
 * @returns {boolean} whether the process is gone (on this machine) or stopped touching the lock (on another)
 */
function isGone(path, holder) {
  if (holder.host === hostname() && holder.pid > 0)
    return !isAlive(holder.pid) || startOf(holder.pid) !== holder.startedAt;
  try {
    return Date.now() - statSync(path).mtimeMs > SILENT_MS;
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return false;
    throw error;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isSystemError(error, 'EPERM');
  }
}

/**
 * Tells a process apart from a later one with the same pid.
 * @param {number} pid
 * @returns {string} the process's start time from the kernel; empty if there is no /proc
 */
function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

/** @param {string} path */
function touch(path) {
  try {
    utimesSync(path, new Date(), new Date());
  } catch (error) {
    if (!isSystemError(error, 'ENOENT')) throw error;
  }
}
