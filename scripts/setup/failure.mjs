// @ts-check

/** Something that cannot be installed: what, why, and the one command that helps. */
export class SetUpFailure extends Error {
  /**
   * @param {string} what what is missing, as the end of «… cannot be installed»
   * @param {string} why the cause in plain words
   * @param {string} help one command, or what to do where no command helps
   */
  constructor(what, why, help) {
    super(`${what} cannot be set up.\n  Why: ${why}\n  What helps: ${help}`);
    this.name = 'SetUpFailure';
  }
}

/**
 * Shows a failure as its reader needs it: our own without a stack trace, a bug with one.
 * @param {unknown} error
 * @returns {string}
 */
export function describeFailure(error) {
  if (error instanceof SetUpFailure) return `\n${error.message}\n`;
  return `\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`;
}

/**
 * @param {unknown} error
 * @param {...string} codes
 * @returns {boolean} whether it is a system error with one of the codes
 */
export function isSystemError(error, ...codes) {
  return typeof error === 'object' && error !== null && 'code' in error && codes.includes(String(error.code));
}
