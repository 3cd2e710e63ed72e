import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { errorCode } from '../../jobs/error-code.js';

const KILL_ROUNDS = 100;
const ROUND_MS = 20;

/** The start time of a process in the kernel's ticks; null if there is no such process or no /proc. */
export async function startOf(pid: number): Promise<string | null> {
  return (await statFields(pid))?.[19] ?? null;
}

/**
 * The living processes of a throw-away folder: its path is in their command line or environment. Empty
 * without /proc.
 */
export async function processesOf(folder: string): Promise<number[]> {
  const entries = await readdir('/proc').catch(() => []);
  const pids = entries.filter((entry) => /^\d+$/.test(entry)).map(Number);
  const belongs = await Promise.all(pids.map((pid) => mentions(pid, `${folder}/`)));
  return pids.filter((pid, index) => pid !== process.pid && belongs[index] === true);
}

/**
 * Kills every process of a throw-away folder and the process group of the driver, and waits until they are
 * gone (at most 2 s).
 * @param group id of the driver's process group, if it is known to be ours
 */
export async function killProcessesOf(folder: string, group: number | null): Promise<void> {
  for (let round = 0; round < KILL_ROUNDS; round += 1) {
    if (group !== null) kill(-group);
    const left = await processesOf(folder);
    if (left.length === 0) return;
    for (const pid of left) kill(pid);
    await wait(ROUND_MS);
  }
}

/** Sends SIGKILL to a process, or with a negative number to a group; a missing one is no error. */
export function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!hasCode(error, 'ESRCH')) throw error;
  }
}

/** Whether the system failed with one of `codes`, e.g. `ENOENT`. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return codes.includes(errorCode(error) ?? '');
}

/** The fields of /proc/<pid>/stat after the name, which may contain spaces and brackets. */
async function statFields(pid: number): Promise<string[] | null> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'latin1');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ESRCH')) return null;
    throw error;
  }
}

async function mentions(pid: number, path: string): Promise<boolean> {
  const [state] = (await statFields(pid)) ?? ['Z'];
  if (state === 'Z' || state === 'X') return false;
  const texts = await Promise.all(
    ['cmdline', 'environ'].map((file) => readFile(`/proc/${pid}/${file}`, 'latin1').catch(() => '')),
  );
  return texts.some((text) => text.includes(path));
}
