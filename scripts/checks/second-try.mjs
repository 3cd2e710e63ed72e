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

/** A second try is for a race or two in thousands of tests: more spec files that fail have something in common. */
const MOST_SPECS = 2;

/**
 * @param {Counts} counts of every run of Jest together
 * @returns {readonly FailedSpec[]} those that run once more; none where too many failed
 */
export function specsToTryAgain({ failedSpecs }) {
  return failedSpecs.length <= MOST_SPECS ? failedSpecs : [];
}

/**
 * Counts again after the second tries, each test once: what passed in one counts as passed, and a spec that failed
 * in both keeps the counts of its first.
 * @param {Counts} counts of the first tries
 * @param {readonly SecondTry[]} tries
 * @param {string} root folder that the files are named from
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
 * @param {SpecResult} passed its second try
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
 * A second try only counts where the same tests ran to their end in it: a test that is gone or left out, a suite
 * that cannot be loaded and a run that broke off prove nothing.
 * @param {SpecResult} first
 * @param {import('./jest.mjs').JestRun} second
 * @returns {SpecResult | null} the file as it passed; null where it did not
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
