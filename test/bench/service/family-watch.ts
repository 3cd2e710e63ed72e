import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { familyOf, type ProcessFacts } from '../../support/processes.ts';

const LOOK_EVERY_MS = 100;
const KB = 1024;

/** What a service and its children used while they were watched. */
export interface FamilyUse {
  /** Processor time of all of them, those that ended meanwhile too. */
  readonly cpuMs: number;
  /** Resident memory of the service itself at its most. */
  readonly serviceBytes: number;
  /** Memory of it and all its children at their most; pages that several share count once. */
  readonly familyBytes: number;
}

/** Watches a service and its children until `over` settles. */
export async function watchFamily(pid: number, over: Promise<unknown>): Promise<FamilyUse> {
  const first = new Map((await familyOf(pid)).map(({ pid: id, cpuMs }) => [id, cpuMs]));
  const last = new Map(first);
  const most = { serviceBytes: 0, familyBytes: 0 };
  const look = async (): Promise<void> => {
    const family = await familyOf(pid);
    for (const { pid: id, cpuMs } of family) last.set(id, cpuMs);
    const [service] = family;
    const shares = await Promise.all(family.map(proportionalBytes));
    most.serviceBytes = Math.max(most.serviceBytes, service?.residentBytes ?? 0);
    most.familyBytes = Math.max(
      most.familyBytes,
      shares.reduce((sum, bytes) => sum + bytes, 0),
    );
  };
  const state = { isOver: false };
  const end = (): void => void (state.isOver = true);
  over.then(end, end);
  while (!state.isOver) {
    await look();
    await sleep(LOOK_EVERY_MS);
  }
  await look();
  const used = [...last].map(([id, cpuMs]) => cpuMs - (first.get(id) ?? 0));
  return { ...most, cpuMs: used.reduce((sum, ms) => sum + ms, 0) };
}

/** @see https://docs.kernel.org/filesystems/proc.html (smaps_rollup, Pss) */
async function proportionalBytes({ pid, residentBytes }: ProcessFacts): Promise<number> {
  // A process that has ended meanwhile has none.
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'latin1').catch(() => '');
  const kb = /^Pss:\s+(\d+) kB$/m.exec(text)?.[1];
  return kb === undefined ? residentBytes : Number(kb) * KB;
}
