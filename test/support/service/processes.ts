import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** A living process as /proc describes it. */
export interface ProcessFacts {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly command: string;
  /** Resident memory in bytes. */
  readonly residentBytes: number;
  /** Processor time used so far, in milliseconds. */
  readonly cpuMs: number;
}

const PAGE_BYTES = 4096;
const TICK_MS = 10;

/** @returns the living processes (not zombies) for which `belongs` is true */
export async function processes(
  belongs: (facts: ProcessFacts, environment: string) => boolean,
): Promise<ProcessFacts[]> {
  const entries = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(entries.map((pid) => describeProcess(pid)));
  return found.flatMap((one) => (one !== null && belongs(one.facts, one.environment) ? [one.facts] : []));
}

/** @returns the processes with `folder` in their command line or environment */
export function processesIn(folder: string): Promise<ProcessFacts[]> {
  return processes(
    ({ pid, command }, environment) =>
      pid !== process.pid && (command.includes(folder) || environment.includes(folder)),
  );
}

/** @returns the process and all its descendants */
export async function familyOf(pid: number): Promise<ProcessFacts[]> {
  const all = await processes(() => true);
  const family = all.filter((one) => one.pid === pid);
  for (const member of family) family.push(...all.filter((one) => one.parent === member.pid));
  return family;
}

/** Kills every process that belongs to a folder, until none is left. */
export async function killAllIn(folder: string): Promise<void> {
  for (let round = 0; round < 100; round += 1) {
    const left = await processesIn(folder);
    if (left.length === 0) return;
    for (const { pid } of left) signalIfThere(pid, 'SIGKILL');
    await sleep(20);
  }
}

/** Sends a signal to a process that may have ended already. */
export function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // No instanceof: in Jest, system errors come from another realm.
    if (!(error !== null && typeof error === 'object' && 'code' in error && error.code === 'ESRCH'))
      throw error;
  }
}

async function describeProcess(pid: number): Promise<{ facts: ProcessFacts; environment: string } | null> {
  const [stat, command, environment] = await Promise.all(
    ['stat', 'cmdline', 'environ'].map((file) => readFile(`/proc/${pid}/${file}`, 'latin1').catch(() => '')),
  );
  if (stat === undefined || stat === '') return null;
  const [state, parent, group, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (state === 'Z' || state === 'X') return null;
  const field = (number: number): number => Number(rest[number - 6]);
  const facts: ProcessFacts = {
    pid,
    parent: Number(parent),
    group: Number(group),
    command: (command ?? '').replaceAll('\0', ' ').trim(),
    cpuMs: (field(14) + field(15)) * TICK_MS,
    residentBytes: field(24) * PAGE_BYTES,
  };
  return { facts, environment: environment ?? '' };
}
