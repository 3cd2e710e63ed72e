/**
 * The `code` of a system or library error, e.g. `ENOENT`. Checks the shape instead of `instanceof`, which
 * fails for errors of another realm: errors of a worker, and errors of Node if code runs in a vm, as in Jest.
 * @returns null if there is none
 */
export function errorCode(error: unknown): string | null {
  const hasCode = typeof error === 'object' && error !== null && 'code' in error;
  return hasCode && typeof error.code === 'string' ? error.code : null;
}
