import type { SqliteRow } from './sqlite-database.js';

/** @returns a NOT NULL text column */
export function sqliteText(row: SqliteRow, column: string): string {
  return String(row[column]);
}

/** @returns a text column that may be NULL */
export function optionalSqliteText(row: SqliteRow, column: string): string | null {
  return row[column] === null ? null : sqliteText(row, column);
}

/** @returns a NOT NULL integer column */
export function sqliteNumber(row: SqliteRow, column: string): number {
  return Number(row[column]);
}

/** @returns an integer column that may be NULL */
export function optionalSqliteNumber(row: SqliteRow, column: string): number | null {
  return row[column] === null ? null : sqliteNumber(row, column);
}

/** @returns the value of a JSON column; its type is the written one */
export function sqliteJson<T>(row: SqliteRow, column: string): T {
  return JSON.parse(sqliteText(row, column)) as T;
}

/** @returns the value of a JSON column, or null if it is NULL */
export function optionalSqliteJson<T>(row: SqliteRow, column: string): T | null {
  return row[column] === null ? null : sqliteJson<T>(row, column);
}
