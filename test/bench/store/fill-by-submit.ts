import type { BuiltStore } from './built-stores.ts';
import { benchJob } from './bench-jobs.ts';
import { type Filled, soonFrom } from './scale.ts';

const SPREAD_MS = 30 * 86_400_000;
const AT_ONCE = 64;

/** Fills a store with scheduled jobs over 30 days, through `submit`. */
export async function fillBySubmit(
  built: BuiltStore,
  jobs: number,
  say: (line: string) => void,
): Promise<Filled> {
  const storage = await built.open(`scheduled_${jobs}`);
  const from = soonFrom() + 3_600_000;
  let left = jobs;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      if (left % 10_000 === 0) say(`${built.name}: ${left} jobs to go`);
      await storage.jobs.submit(benchJob(from + Math.floor((left / jobs) * SPREAD_MS)));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { storage, jobs };
}
