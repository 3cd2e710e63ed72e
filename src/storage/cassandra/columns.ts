import type { types } from 'cassandra-driver';
import type { Instant } from '../../jobs/clock.port.js';

/** @returns a text column, or null where it has no value */
export function cassandraText(row: types.Row, column: string): string | null {
  const value: unknown = row.get(column);
  return typeof value === 'string' ? value : null;
}

/** @returns a text column that always has a value where its row has one */
export function requiredCassandraText(row: types.Row, column: string): string {
  return cassandraText(row, column) ?? '';
}

/** @returns an int column; 0 where it has no value */
export function cassandraNumber(row: types.Row, column: string): number {
  return Number(row.get(column) ?? 0);
}

/** @returns a timestamp column, or null where it has no value */
export function cassandraInstant(row: types.Row, column: string): Instant | null {
  const value: unknown = row.get(column);
  // Not by `instanceof`, which fails where the driver was loaded into another realm.
  return value === null || value === undefined ? null : Number(value);
}

/** @returns a timestamp column that always has a value where its row has one */
export function requiredCassandraInstant(row: types.Row, column: string): Instant {
  return cassandraInstant(row, column) ?? 0;
}

/** @returns a WRITETIME in microseconds; 0 where the column has no value */
export function cassandraMicros(row: types.Row, column: string): bigint {
  const value: unknown = row.get(column);
  return typeof value === 'bigint' ? value : 0n;
}

/** @returns what a JSON column holds, or null; the type is the one that was written */
export function cassandraJson<T>(row: types.Row, column: string): T | null {
  const text = cassandraText(row, column);
  return text === null ? null : (JSON.parse(text) as T);
}

/** @returns the instant for a timestamp column */
export function dateOrNull(instant: Instant | null): Date | null {
  return instant === null ? null : new Date(instant);
}
