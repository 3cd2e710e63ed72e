// @ts-check

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} skips full names of the tests that were not run
 */

/** @typedef {{ fullName: string, status: string, duration?: number | null }} Assertion */
/** @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number, numRuntimeErrorTestSuites: number, testResults: { name: string, assertionResults: Assertion[] }[] }} JestReport */

/** @type {Counts} */
export const NOTHING = { passed: 0, failed: 0, skipped: 0, skips: [] };

/** A check or a run that broke as a whole. @type {Counts} */
export const ONE_FAILURE = { ...NOTHING, failed: 1 };

/**
 * Counts a run of Jest. A suite that could not be loaded counts as one failed test; a run that left no report,
 * or failed without a failed test, too.
 * @param {JestReport | null} report what `--json` wrote; null where there is none
 * @param {number} exitCode of Jest
 * @returns {Counts}
 */
export function countJest(report, exitCode) {
  if (report === null) return ONE_FAILURE;
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  const skips = report.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'pending' || status === 'todo')
    .map(({ fullName }) => fullName);
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
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
 * @param {boolean} isCi on a build server nothing may be skipped
 * @returns {0 | 1}
 */
export function exitCodeFor({ passed, failed, skipped }, isCi) {
  return failed > 0 || passed === 0 || (isCi && skipped > 0) ? 1 : 0;
}
