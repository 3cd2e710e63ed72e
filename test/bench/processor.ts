import { readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second. */
const TICK_MS = 10;

/** Used processor time in milliseconds. */
export interface ProcessorUse {
  /** Of this process and its children that have ended meanwhile. */
  readonly oursMs: number;
  /** Of the process that serves the measured downloads. */
  readonly serverMs: number;
  /** Of everything else on the machine; if it is large, the figures are unreliable. */
  readonly othersMs: number;
}

/** Starts to count processor time. @param serverPid the serving process */
export function processorMeter(serverPid: number): () => ProcessorUse {
  const before = read(serverPid);
  return () => {
    const now = read(serverPid);
    const oursMs = now.oursMs - before.oursMs;
    const serverMs = now.serverMs - before.serverMs;
    return { oursMs, serverMs, othersMs: Math.max(0, now.allMs - before.allMs - oursMs - serverMs) };
  };
}

function read(serverPid: number): {
  readonly oursMs: number;
  readonly serverMs: number;
  readonly allMs: number;
} {
  const own = statOf('self');
  const [user = 0, system = 0] = statOf(String(serverPid));
  return { oursMs: TICK_MS * sum(own), serverMs: TICK_MS * (user + system), allMs: TICK_MS * allTicks() };
}

/**
 * utime, stime, and those of ended children.
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
function statOf(pid: string): number[] {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
    .replace(/^.*\) /, '')
    .split(' ');
  return fields.slice(11, 15).map(Number);
}

/** All time except idle and waiting for disks. @see https://man7.org/linux/man-pages/man5/proc_stat.5.html */
function allTicks(): number {
  const [line = ''] = readFileSync('/proc/stat', 'latin1').split('\n', 1);
  const [user = 0, nice = 0, system = 0, , , interrupts = 0, soft = 0] = line
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return sum([user, nice, system, interrupts, soft]);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
