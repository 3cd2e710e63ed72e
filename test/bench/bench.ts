/** A measured figure, its bar, and the raw figures behind it. */
export interface BenchResult {
  /** Number of the bar, e.g. `P1`. */
  readonly id: string;
  readonly what: string;
  /** The ratio or value to compare with the bar: a median over the runs. */
  readonly figure: number;
  readonly unit: string;
  /** The condition on the figure, e.g. `≤ 1.15`. */
  readonly bar: string;
  /** null if the program to compare with is not installed. */
  readonly holds: boolean | null;
  readonly runs: readonly Readonly<Record<string, number | string>>[];
}

/** The environment of a benchmark. */
export interface BenchContext {
  /** An empty temporary folder, removed afterwards. */
  readonly folder: string;
  /** Number of measurements; figures are medians. */
  readonly rounds: number;
  /** Reports progress. */
  say(line: string): void;
}

/** One benchmark; it may measure several bars. */
export interface Bench {
  readonly ids: readonly string[];
  run(context: BenchContext): Promise<readonly BenchResult[]>;
}

/** The median. */
export function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** @returns the smallest figure that is greater than or equal to `percent` % of all figures */
export function percentile(figures: readonly number[], percent: number): number {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

/** A result whose figure may be at most `most`. */
export function atMost(
  result: Pick<BenchResult, 'id' | 'what' | 'figure' | 'unit' | 'runs'>,
  most: number,
): BenchResult {
  return { ...result, bar: `≤ ${most}`, holds: Number.isNaN(result.figure) ? null : result.figure <= most };
}

/** A result whose figure must be at least `least`. */
export function atLeast(
  result: Pick<BenchResult, 'id' | 'what' | 'figure' | 'unit' | 'runs'>,
  least: number,
): BenchResult {
  return { ...result, bar: `≥ ${least}`, holds: Number.isNaN(result.figure) ? null : result.figure >= least };
}
