// @ts-check

/** A step that cannot be installed: what, why, and one command that helps. */
export class SetUpFailure extends Error {
  /**
   * @param {string} what the missing thing, as subject of "... cannot be set up"
   * @param {string} why the cause in plain words
   * @param {string} help one command, or advice if no command helps
   */
  constructor(what, why, help) {
    super(`${what} cannot be set up.\n  Why: ${why}\n  What helps: ${help}`);
    this.name = 'SetUpFailure';
  }
}

/**
 * Formats a failure for people: set-up failures without a stack trace, bugs with one.
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
