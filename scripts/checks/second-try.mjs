// @ts-check
import { relative } from 'node:path';
import { countSpec } from './counts.mjs';
import { flakyLines } from './flaky-lines.mjs';

/** @typedef {import('./counts.mjs').Counts} Counts */
/** @typedef {import('./counts.mjs').FailedSpec} FailedSpec */
/** @typedef {import('./counts.mjs').SpecResult} SpecResult */

/**
 * @typedef {object} SecondTry
 * @property {FailedSpec} first
 * @property {import('./jest.mjs').JestRun} run of that file alone
 */

/** Retries are for a race or two among thousands of tests. More failed spec files have a common cause. */
const MOST_SPECS = 2;

/**
 * @param {Counts} counts sum of all Jest runs
 * @returns {readonly FailedSpec[]} the specs to retry; empty if too many failed
 */
export function specsToTryAgain({ failedSpecs }) {
  return failedSpecs.length <= MOST_SPECS ? failedSpecs : [];
}

/**
 * Corrects the counts by the retries, each test counted once: a test that passed in either run counts as
 * passed. A spec that failed twice keeps its first counts.
 * @param {Counts} counts of the first runs
 * @param {readonly SecondTry[]} tries
 * @param {string} root file names are shown relative to it
 * @returns {Counts}
 */
export function settle(counts, tries, root) {
  return tries.reduce((so, { first, run }) => {
    const passed = passedAtLast(first.result, run);
    return passed === null ? so : forgive(so, first, passed, root);
  }, counts);
}

/**
 * @param {Counts} counts
 * @param {FailedSpec} spec
 * @param {SpecResult} passed its retry
 * @param {string} root
 * @returns {Counts}
 */
function forgive(counts, spec, passed, root) {
  const before = countSpec(spec.result);
  const after = countSpec(passed);
  return {
    passed: counts.passed - before.passed + after.passed,
    failed: counts.failed - before.failed,
    skipped: counts.skipped - before.skipped + after.skipped,
    skips: [...counts.skips, ...after.skips.filter((name) => !before.skips.includes(name))],
    failedSpecs: counts.failedSpecs.filter((failed) => failed !== spec),
    flaky: [...counts.flaky, ...flakyLines(spec, relative(root, spec.result.name))],
  };
}

/**
 * A retry counts only if the same tests ran to their end: a missing or skipped test, a suite that cannot be
 * loaded and an aborted run prove nothing.
 * @param {SpecResult} first
 * @param {import('./jest.mjs').JestRun} second
 * @returns {SpecResult | null} the passed file; null if it did not pass
 */
function passedAtLast(first, { report, code }) {
  const [second, ...others] = report?.testResults ?? [];
  if (code !== 0 || second === undefined || others.length > 0 || second.name !== first.name) return null;
  const { passed, failed } = countSpec(second);
  if (failed > 0 || passed === 0) return null;
  const wasLoaded = first.assertionResults.length > 0;
  return !wasLoaded || isSame(outcomesWanted(first), outcomes(second)) ? second : null;
}

/** @param {SpecResult} first */
function outcomesWanted({ assertionResults }) {
  return assertionResults.map(
    ({ fullName, status }) => `${status === 'failed' ? 'passed' : status} ${fullName}`,
  );
}

/** @param {SpecResult} second */
function outcomes({ assertionResults }) {
  return assertionResults.map(({ fullName, status }) => `${status} ${fullName}`);
}

/**
 * @param {readonly string[]} some
 * @param {readonly string[]} others
 */
function isSame(some, others) {
  return JSON.stringify([...some].sort()) === JSON.stringify([...others].sort());
}
