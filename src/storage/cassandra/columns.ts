import type { types } from 'cassandra-driver';
import type { Instant } from '../../jobs/clock.port.js';

/** @returns a text column, or null if it has no value */
export function cassandraText(row: types.Row, column: string): string | null {
  const value: unknown = row.get(column);
  return typeof value === 'string' ? value : null;
}

/** @returns a text column that has a value in every row */
export function requiredCassandraText(row: types.Row, column: string): string {
  return cassandraText(row, column) ?? '';
}

/** @returns an int column; 0 if it has no value */
export function cassandraNumber(row: types.Row, column: string): number {
  return Number(row.get(column) ?? 0);
}

/** @returns a timestamp column, or null if it has no value */
export function cassandraInstant(row: types.Row, column: string): Instant | null {
  const value: unknown = row.get(column);
  // Not by `instanceof`, which fails if the driver was loaded into another realm.
  return value === null || value === undefined ? null : Number(value);
}

/** @returns a timestamp column that has a value in every row */
export function requiredCassandraInstant(row: types.Row, column: string): Instant {
  return cassandraInstant(row, column) ?? 0;
}

/** @returns a WRITETIME in microseconds; 0 if the column has no value */
export function cassandraMicros(row: types.Row, column: string): bigint {
  const value: unknown = row.get(column);
  return typeof value === 'bigint' ? value : 0n;
}

/** @returns the value of a JSON column, or null; its type is the written one */
export function cassandraJson<T>(row: types.Row, column: string): T | null {
  const text = cassandraText(row, column);
  return text === null ? null : (JSON.parse(text) as T);
}

/** @returns the instant as the value of a timestamp column */
export function dateOrNull(instant: Instant | null): Date | null {
  return instant === null ? null : new Date(instant);
}
