/**
 * The `code` of a system's or library's error, e.g. `ECONNRESET`. Looks at the shape only: an error from
 * another realm (a worker, a test's sandbox) is no `instanceof Error`.
 * @returns null where there is none
 */
export function errorCodeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
