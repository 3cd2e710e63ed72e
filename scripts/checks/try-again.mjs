// @ts-check
import { relative } from 'node:path';
import { runAlone } from './jest.mjs';
import { settle, specsToTryAgain } from './second-try.mjs';

/**
 * Runs each failed spec file once more, alone, so that a single race among thousands of tests does not fail
 * the build.
 * @param {import('./counts.mjs').Counts} counts of the whole run
 * @param {string} root
 * @param {(line: string) => void} [say]
 * @returns {Promise<import('./counts.mjs').Counts>} counts corrected by the retries
 */
export async function tryAgain(counts, root, say = console.log) {
  const specs = specsToTryAgain(counts);
  if (specs.length < counts.failedSpecs.length)
    say(`\n── ${counts.failedSpecs.length} spec files failed: too many for a second try`);
  /** @type {import('./second-try.mjs').SecondTry[]} */
  const tries = [];
  for (const first of specs) {
    say(`\n── once more, alone: ${relative(root, first.result.name)}`);
    tries.push({ first, run: await runAlone(root, first) });
  }
  return settle(counts, tries, root);
}
