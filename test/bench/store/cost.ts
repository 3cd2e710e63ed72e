import type { BenchContext, BenchResult } from '../bench.ts';
import { median } from '../bench.ts';
import type { BuiltStore } from './built-stores.ts';
import { PHASES, phaseJob } from './phases.ts';

/** Number of jobs to measure; the first ones only warm up. */
const JOBS = 60;
const WARM_UP = 20;
/** Number of measured turns per job for phases that a job repeats many times. */
const REPEATED = 10;

interface Cost {
  readonly statements: number[];
  readonly ms: number[];
}

/** Cost of each phase of a job in a store: statements, and milliseconds if run one after the other. */
export async function costOf(built: BuiltStore, { say }: BenchContext): Promise<BenchResult[]> {
  const { jobs, close } = await built.open('cost');
  const costs = new Map<string, Cost>(PHASES.map(({ name }) => [name, { statements: [], ms: [] }]));
  for (let turn = 0; turn < JOBS; turn += 1) {
    const job = phaseJob();
    for (const { name, timesPerJob, run } of PHASES) {
      for (let time = 0; time < Math.min(timesPerJob, REPEATED); time += 1) {
        const [before, beganMs] = [built.statements(), performance.now()];
        await run(jobs, job, time);
        const ms = performance.now() - beganMs;
        if (turn < WARM_UP) continue;
        costs.get(name)?.ms.push(ms);
        costs.get(name)?.statements.push(built.statements() - before);
      }
    }
  }
  await close();
  return PHASES.map(({ name, timesPerJob }) => {
    const { ms, statements } = costs.get(name) ?? { ms: [], statements: [] };
    const count = median(statements);
    say(`${built.name}: ${name}: ${count} statements, ${median(ms).toFixed(2)} ms`);
    return {
      id: 'STORE',
      what: `${built.name}: ${name}, ${count} statements, ${timesPerJob} × a job`,
      figure: median(ms),
      unit: 'ms',
      bar: 'none',
      holds: true,
      runs: [{ statements: count, median: median(ms), samples: ms.length }],
    };
  });
}
