import type { SqliteRow } from './sqlite-database.js';

/** @returns a NOT NULL text column */
export function textIn(row: SqliteRow, column: string): string {
  return String(row[column]);
}

/** @returns a text column that may be NULL */
export function optionalText(row: SqliteRow, column: string): string | null {
  return row[column] === null ? null : textIn(row, column);
}

/** @returns a NOT NULL integer column */
export function numberIn(row: SqliteRow, column: string): number {
  return Number(row[column]);
}

/** @returns an integer column that may be NULL */
export function optionalNumber(row: SqliteRow, column: string): number | null {
  return row[column] === null ? null : numberIn(row, column);
}

/** @returns what a JSON column holds; the type is the one that was written */
export function jsonIn<T>(row: SqliteRow, column: string): T {
  return JSON.parse(textIn(row, column)) as T;
}

/** @returns what a JSON column holds, or null where it is NULL */
export function optionalJson<T>(row: SqliteRow, column: string): T | null {
  return row[column] === null ? null : jsonIn<T>(row, column);
}

/** @returns the JSON text of a value that may be null */
export function jsonOrNull(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
