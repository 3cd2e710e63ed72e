import type { Instant } from '../../../src/jobs/clock.port.js';
import { Clock } from '../../../src/jobs/clock.port.js';
import type { JobId } from '../../../src/jobs/job.js';
import type { Storage } from '../../../src/storage/storage.js';

/** What a contract suite needs of a real store. */
export interface StoreHarness {
  /** Opens one more client of the same records, its clock off by `skewMs`; closed by `stop`. */
  open(skewMs?: number): Promise<Storage>;
  /** Counts the rows of every table that name the job. */
  rowsOf(id: JobId): Promise<number>;
  /** Closes all clients and the store itself. */
  stop(): Promise<void>;
}

/** The machine's clock, off by a constant. */
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

/** Runs `times` calls at once, spread over `clients`. */
export function atOnce<C, T>(
  clients: readonly C[],
  times: number,
  call: (client: C) => Promise<T>,
): Promise<T[]> {
  const turns = Array.from({ length: times }, (_, i) => clients.slice(i % clients.length)[0]);
  return Promise.all(turns.flatMap((client) => (client === undefined ? [] : [call(client)])));
}

/** Everything an iterable yields. */
export async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
