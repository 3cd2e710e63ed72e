import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { familyOf, type ProcessFacts } from '../../support/service/processes.ts';

const LOOK_EVERY_MS = 100;
/** Often enough to miss little of processes that end. */
const CLOCK_EVERY_MS = 500;
const KB = 1024;

/** Peak memory of a service and its children while watched. */
export interface FamilyMemory {
  /** Peak resident memory of the service itself. */
  readonly serviceBytes: number;
  /** Peak memory of the service and all its children; shared pages count once. */
  readonly familyBytes: number;
}

/** Watches the memory of a service and its children until `over` settles. Watching slows them down. */
export async function watchMemory(pid: number, over: Promise<unknown>): Promise<FamilyMemory> {
  const most = { serviceBytes: 0, familyBytes: 0 };
  await lookUntil(over, LOOK_EVERY_MS, async () => {
    const family = await familyOf(pid);
    const shares = await Promise.all(family.map(proportionalBytes));
    const familyBytes = shares.reduce((sum, bytes) => sum + bytes, 0);
    most.serviceBytes = Math.max(most.serviceBytes, family[0]?.residentBytes ?? 0);
    most.familyBytes = Math.max(most.familyBytes, familyBytes);
  });
  return most;
}

/** @returns the processor time in milliseconds that a service and its children used until `over` settled */
export async function watchProcessor(pid: number, over: Promise<unknown>): Promise<number> {
  const first = new Map((await familyOf(pid)).map(({ pid: id, cpuMs }) => [id, cpuMs]));
  const last = new Map(first);
  await lookUntil(over, CLOCK_EVERY_MS, async () => {
    for (const { pid: id, cpuMs } of await familyOf(pid)) last.set(id, cpuMs);
  });
  return [...last].reduce((sum, [id, cpuMs]) => sum + cpuMs - (first.get(id) ?? 0), 0);
}

async function lookUntil(over: Promise<unknown>, everyMs: number, look: () => Promise<void>): Promise<void> {
  const state = { isOver: false };
  const end = (): void => void (state.isOver = true);
  over.then(end, end);
  while (!state.isOver) {
    await look();
    await Promise.race([sleep(everyMs), over.catch(() => null)]);
  }
  await look();
}

/** @see https://docs.kernel.org/filesystems/proc.html (smaps_rollup, Pss) */
async function proportionalBytes({ pid, residentBytes }: ProcessFacts): Promise<number> {
  // A process that has ended has no such file.
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'latin1').catch(() => '');
  const kb = /^Pss:\s+(\d+) kB$/m.exec(text)?.[1];
  return kb === undefined ? residentBytes : Number(kb) * KB;
}
