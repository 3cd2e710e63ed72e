import type { BenchResult } from './bench.ts';

/** The results as a readable table: each figure next to its bar. */
export function tableOf(results: readonly BenchResult[]): string {
  const rows = results.map((result) => [
    result.id,
    result.what,
    `${result.figure.toFixed(2)} ${result.unit}`,
    result.bar,
    { true: 'holds', false: 'MISSED', null: 'not measured' }[String(result.holds)] ?? '',
  ]);
  const all = [['bar', 'what', 'figure', 'wanted', ''], ...rows];
  const widths =
    all[0]?.map((_cell, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
