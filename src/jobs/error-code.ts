/**
 * The `code` of a system's or library's error, e.g. `ENOENT`. By its shape and not by `instanceof`, which fails for
 * an error of another realm: a worker's, or one of Node's own where code runs in a vm, as in Jest.
 * @returns null where there is none
 */
export function errorCode(error: unknown): string | null {
  const hasCode = typeof error === 'object' && error !== null && 'code' in error;
  return hasCode && typeof error.code === 'string' ? error.code : null;
}
