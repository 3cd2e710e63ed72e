// @ts-check

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {readonly string[]} skips full names of the skipped tests
 * @property {readonly FailedSpec[]} failedSpecs spec files that failed, with the facts that a retry needs
 * @property {readonly string[]} flaky report lines about tests that passed only when retried
 */

/**
 * @typedef {object} FailedSpec
 * @property {SpecResult} result
 * @property {readonly string[]} args arguments of the failed Jest run
 */

/** @typedef {{ fullName: string, ancestorTitles?: string[], title?: string, status: string, duration?: number | null, failureMessages?: string[] | null }} Assertion */
/** @typedef {{ name: string, status: string, message?: string, assertionResults: Assertion[] }} SpecResult one file; `name` is its path */
/** @typedef {{ testResults: SpecResult[] }} JestReport */

/** Jest's exit code if tests failed and nothing else went wrong. */
const TESTS_FAILED = 1;

/** @type {Counts} */
export const NOTHING = { passed: 0, failed: 0, skipped: 0, skips: [], failedSpecs: [], flaky: [] };

/** A check or a run that failed as a whole. @type {Counts} */
export const ONE_FAILURE = { ...NOTHING, failed: 1 };

/**
 * Counts a run of Jest. A run without a report, or one that failed without a failed test, counts as one
 * failed test.
 * @param {JestReport | null} report written by `--json`; null if there is none
 * @param {number} exitCode of Jest
 * @param {readonly string[]} [args] arguments of that run
 * @returns {Counts}
 */
export function countJest(report, exitCode, args = []) {
  if (report === null) return ONE_FAILURE;
  const counts = sum(report.testResults.map(countSpec));
  if (counts.failed === 0 && exitCode !== 0) return { ...counts, failed: 1 };
  if (exitCode !== TESTS_FAILED) return counts;
  const failed = report.testResults.filter((result) => countSpec(result).failed > 0);
  return { ...counts, failedSpecs: failed.map((result) => ({ result, args })) };
}

/**
 * Counts one spec file. A file that could not be loaded, or that failed outside its tests, counts as one
 * failed test.
 * @param {SpecResult} result
 * @returns {Counts}
 */
export function countSpec({ status, assertionResults }) {
  const withStatus = (/** @type {string[]} */ ...wanted) =>
    assertionResults.filter((assertion) => wanted.includes(assertion.status));
  const failed = withStatus('failed').length;
  const skips = withStatus('pending', 'todo').map(({ fullName }) => fullName);
  return {
    ...NOTHING,
    passed: withStatus('passed').length,
    failed: failed === 0 && status === 'failed' ? 1 : failed,
    skipped: skips.length,
    skips,
  };
}

/**
 * @param {readonly Counts[]} all
 * @returns {Counts} their sum
 */
export function sum(all) {
  return all.reduce(
    (a, b) => ({
      passed: a.passed + b.passed,
      failed: a.failed + b.failed,
      skipped: a.skipped + b.skipped,
      skips: [...a.skips, ...b.skips],
      failedSpecs: [...a.failedSpecs, ...b.failedSpecs],
      flaky: [...a.flaky, ...b.flaky],
    }),
    NOTHING,
  );
}

/**
 * @param {Counts} counts
 * @returns {string} the last line of the test command
 */
export function countsLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/**
 * @param {Counts} counts
 * @param {boolean} isCi whether a skipped test fails the run
 * @returns {0 | 1}
 */
export function exitCodeFor({ passed, failed, skipped }, isCi) {
  return failed > 0 || passed === 0 || (isCi && skipped > 0) ? 1 : 0;
}
