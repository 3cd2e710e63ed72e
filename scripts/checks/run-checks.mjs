// @ts-check
import { ONE_FAILURE, countsLine, exitCodeFor, sum } from './counts.mjs';

/** @typedef {import('./checks.mjs').Check} Check */
/** @typedef {import('./counts.mjs').Counts} Counts */

/**
 * Runs every check, even after a failure, and reports how long each took.
 * @param {readonly Check[]} checks
 * @param {string} root
 * @param {(line: string) => void} [say]
 * @returns {Promise<Counts>} the sum
 */
export async function runChecks(checks, root, say = console.log) {
  /** @type {Counts[]} */
  const all = [];
  for (const check of checks) {
    say(`\n── ${check.name}`);
    const startedAt = performance.now();
    const counts = await countsOf(check, root, say);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    say(`── ${check.name}: ${counts.failed === 0 ? 'good' : 'FAILED'}, ${seconds} s`);
    all.push(counts);
  }
  return sum(all);
}

/**
 * @param {Check} check
 * @param {string} root
 * @param {(line: string) => void} say
 */
async function countsOf(check, root, say) {
  try {
    return await check.run(root);
  } catch (error) {
    say(String(error));
    return ONE_FAILURE;
  }
}

/**
 * Reports the end of a test run: skipped tests, flaky tests, and, as the last line, the counts.
 * @param {Counts} counts
 * @param {{ isCi: boolean, say?: (line: string) => void }} options
 * @returns {0 | 1} exit code
 */
export function conclude(counts, { isCi, say = console.log }) {
  const code = exitCodeFor(counts, isCi);
  if (counts.skips.length > 0) say(`\nNot run${isCi ? ' (not allowed where CI=true)' : ''}:`);
  for (const name of counts.skips) say(`  - ${name}`);
  if (counts.flaky.length > 0) say(`\n${counts.flaky.join('\n')}`);
  if (counts.passed + counts.failed === 0) say('\nNo test was run.');
  say(`\n${countsLine(counts)}`);
  return code;
}
