/** @returns the JSON text of a value for a column; null for null */
export function jsonOrNull(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
