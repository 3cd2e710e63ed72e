import type { Storage } from '../../../src/storage/storage.js';
import type { JobStore } from '../../../src/jobs/job-store.port.js';
import { atMost, type BenchContext, type BenchResult, median } from '../bench.ts';
import { benchJob } from './bench-jobs.ts';

/** Number of jobs within the next five minutes, in both stores. */
const SOON = 60;
const SOON_MS = 300_000;
const PAUSE_FROM_NOW_MS = 3_600_000;
/** Enough samples that a garbage collection or a flush on either side does not decide. */
const SAMPLES = 400;
const WARM_UP = 50;

/** A store filled with scheduled jobs. */
export interface Filled {
  readonly storage: Storage;
  readonly jobs: number;
}

/** Time of the first job: an hour from now, so that none becomes due during the measurement. */
export function soonFrom(): number {
  return Date.now() + PAUSE_FROM_NOW_MS;
}

/**
 * Measures submit, claim and next-due alternately on both.
 * @returns ratios of the medians, larger by smaller
 */
export async function scaleOf(
  name: string,
  id: string,
  [small, large]: readonly [Filled, Filled],
  { say }: BenchContext,
): Promise<BenchResult[]> {
  const from = soonFrom();
  const claimed = [await plan(small.storage.jobs, from), await plan(large.storage.jobs, from)] as const;
  const results: BenchResult[] = [];
  for (const [what, call] of Object.entries(calls(from))) {
    const ms: [number[], number[]] = [[], []];
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      for (const which of sample % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
        const began = performance.now();
        await call((which === 0 ? small : large).storage.jobs, claimed[which][sample] ?? '');
        ms[which].push(performance.now() - began);
      }
    }
    const [few, many] = [median(ms[0].slice(WARM_UP)), median(ms[1].slice(WARM_UP))];
    say(
      `${name}: ${what}: ${few.toFixed(3)} ms with ${small.jobs}, ${many.toFixed(3)} ms with ${large.jobs} jobs`,
    );
    const runs = [{ [`ms with ${small.jobs}`]: few, [`ms with ${large.jobs}`]: many }];
    const title = `${name}: ${what} with ${large.jobs} jobs, by that with ${small.jobs}`;
    results.push(atMost({ id, what: title, figure: many / few, unit: '×', runs }, 1.2));
  }
  return results;
}

function calls(from: number): Record<string, (store: JobStore, id: string) => Promise<unknown>> {
  return {
    'next due': (store) => count(store.due(from, from + SOON_MS)),
    submit: (store) => store.submit(benchJob(from + 2 * SOON_MS)),
    claim: (store, id) => store.begin(id, 0, Date.now()),
  };
}

/** Schedules the jobs of the next five minutes, and other jobs to claim. @returns the ids of the others */
async function plan(store: JobStore, from: number): Promise<string[]> {
  for (let i = 0; i < SOON; i += 1) await store.submit(benchJob(from + (i * SOON_MS) / SOON));
  const others = Array.from({ length: SAMPLES }, () => benchJob(from + 3 * SOON_MS));
  for (const job of others) await store.submit(job);
  return others.map(({ id }) => id);
}

async function count(items: AsyncIterable<unknown>): Promise<number> {
  let found = 0;
  for await (const _ of items) found += 1;
  return found;
}
