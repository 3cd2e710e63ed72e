import type { Instant } from '../../../src/jobs/clock.port.js';
import { Clock } from '../../../src/jobs/clock.port.js';
import type { JobId } from '../../../src/jobs/job.js';
import type { Storage } from '../../../src/storage/storage.js';

/** A real store for a contract suite. */
export interface StoreHarness {
  /** Opens another client of the same records, with its clock off by `skewMs`; `stop` closes it. */
  open(skewMs?: number): Promise<Storage>;
  /** Counts the rows of the job in all tables. */
  rowsOf(id: JobId): Promise<number>;
  /** Closes all clients and stops the store. */
  stop(): Promise<void>;
}

/** The machine's clock with a constant offset. */
export class SkewedClock extends Clock {
  constructor(private readonly skewMs: number) {
    super();
  }

  override now(): Instant {
    return Date.now() + this.skewMs;
  }

  override monotonicMs(): number {
    return performance.now();
  }
}

/** Runs `times` concurrent calls, distributed over `clients`. */
export function atOnce<C, T>(
  clients: readonly C[],
  times: number,
  call: (client: C) => Promise<T>,
): Promise<T[]> {
  const turns = Array.from({ length: times }, (_, i) => clients.slice(i % clients.length)[0]);
  return Promise.all(turns.flatMap((client) => (client === undefined ? [] : [call(client)])));
}

/** All items of an iterable. */
export async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
