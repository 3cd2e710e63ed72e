import type { EngineReport, Progress } from '../jobs/job.js';

/** The progress of a job from that of its queries, in order; of one query it is the same. */
export function progressOfQueries(all: readonly Progress[]): Progress {
  const [only, ...others] = all;
  if (only !== undefined && others.length === 0) return only;
  return {
    found: sum(all, ({ found }) => found),
    kept: sum(all, ({ kept }) => kept),
    rejected: summed(all.map(({ rejected }) => rejected)),
    bytes: sum(all, ({ bytes }) => bytes),
    engines: merged(all.flatMap(({ engines }) => engines)),
    queries: all.map(({ found, kept, rejected, engines }) => ({ found, kept, rejected, engines })),
  };
}

function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((total, one) => total + of(one), 0);
}

function summed(all: readonly Progress['rejected'][]): Progress['rejected'] {
  const totals = new Map<string, number>();
  for (const [reason, count] of all.flatMap((one) => Object.entries(one)))
    totals.set(reason, (totals.get(reason) ?? 0) + count);
  return Object.fromEntries(totals);
}

/** One report for each engine, in the order of their first searches. */
function merged(reports: readonly EngineReport[]): EngineReport[] {
  const engines = [...new Set(reports.map(({ engine }) => engine))];
  return engines.map((engine) => {
    const its = reports.filter((report) => report.engine === engine);
    const { end, restsUntil } = mostTelling(its);
    return {
      engine,
      found: sum(its, ({ found }) => found),
      kept: sum(its, ({ kept }) => kept),
      end,
      leftOut: sum(its, ({ leftOut = 0 }) => leftOut),
      ...(restsUntil === undefined ? {} : { restsUntil }),
    };
  });
}

/** The failure of the last query that failed: a pause only follows from it. Without one, the last end. */
function mostTelling(reports: readonly EngineReport[]): Pick<EngineReport, 'end' | 'restsUntil'> {
  const failed = reports.filter(({ end }) => end !== null && end !== 'exhausted');
  return (
    failed.findLast(({ end }) => end !== 'source.left_alone') ??
    failed.at(-1) ??
    reports.findLast(({ end }) => end !== null) ?? { end: null }
  );
}
