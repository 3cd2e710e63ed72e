/** One measured figure against its bar, with the raw figures behind it. */
export interface BenchResult {
  /** Number of the bar, e.g. `P1`. */
  readonly id: string;
  readonly what: string;
  /** The ratio (or value) that counts: a median over the runs. */
  readonly figure: number;
  readonly unit: string;
  /** What the figure has to be, e.g. `≤ 1.15`. */
  readonly bar: string;
  /** null: the thing compared with is not there. */
  readonly holds: boolean | null;
  readonly runs: readonly Readonly<Record<string, number | string>>[];
}

/** What a benchmark is given. */
export interface BenchContext {
  /** An empty folder of its own, removed afterwards. */
  readonly folder: string;
  /** How often to measure; figures are medians. */
  readonly rounds: number;
  /** Says what is going on. */
  say(line: string): void;
}

/** One benchmark; it may answer several bars. */
export interface Bench {
  readonly ids: readonly string[];
  run(context: BenchContext): Promise<readonly BenchResult[]>;
}

/** The middle one of the figures. */
export function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** @returns the smallest figure that at least `percent` of all are not above */
export function percentile(figures: readonly number[], percent: number): number {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

/** A figure that may be at most `most`. */
export function atMost(
  result: Pick<BenchResult, 'id' | 'what' | 'figure' | 'unit' | 'runs'>,
  most: number,
): BenchResult {
  return { ...result, bar: `≤ ${most}`, holds: Number.isNaN(result.figure) ? null : result.figure <= most };
}

/** A figure that has to be at least `least`. */
export function atLeast(
  result: Pick<BenchResult, 'id' | 'what' | 'figure' | 'unit' | 'runs'>,
  least: number,
): BenchResult {
  return { ...result, bar: `≥ ${least}`, holds: Number.isNaN(result.figure) ? null : result.figure >= least };
}
