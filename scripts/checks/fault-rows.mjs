// @ts-check
import { basename } from 'node:path';

/** @typedef {{ id: string, what: string, figure: number, unit: string, bar: number, holds: boolean, runs: number[] }} Row */

/**
 * Turns a run of the fault suites into rows: how often each promise was broken; the bar is 0.
 * @param {import('./counts.mjs').JestReport} report
 * @returns {Row[]} one per test that ran; `runs` holds its duration in milliseconds
 */
export function faultRows({ testResults }) {
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'passed' || status === 'failed')
      .map(({ fullName, status, duration }, index) => ({
        id: `${basename(name, '.spec.ts')}-${index + 1}`,
        what: fullName,
        figure: status === 'passed' ? 0 : 1,
        unit: 'failures',
        bar: 0,
        holds: status === 'passed',
        runs: [duration ?? 0],
      })),
  );
}

/**
 * @param {readonly string[]} args `[NAME …] [--json FILE] [options of Jest]`
 * @returns {{ jsonFile: string | null, patterns: string[], options: string[] }}
 */
export function readFaultArguments(args) {
  const at = args.indexOf('--json');
  const jsonFile = at < 0 ? null : (args[at + 1] ?? null);
  const rest = args.filter((_arg, index) => at < 0 || (index !== at && index !== at + 1));
  const names = rest.filter((arg) => !arg.startsWith('-'));
  return {
    jsonFile,
    patterns: names.length > 0 ? names.map((name) => `test/faults/.*${name}`) : ['test/faults/'],
    options: rest.filter((arg) => arg.startsWith('-')),
  };
}
