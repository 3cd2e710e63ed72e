/** Whether `error` is a file system's error with one of the codes, e.g. `ENOENT`. */
export function isFileError(error: unknown, ...codes: readonly string[]): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && codes.includes(String(error.code));
}
