import { type ImageRecord, queryIndexOf } from '../jobs/image-record.js';
import type { QueryWork } from './query-work.js';

/** Open searches: one that downloads its last images, and the next one. */
const QUERIES_AT_ONCE = 2;

/** The queries of a collection in order: the open ones, which are searched or downloaded, and the waiting ones. */
export class OpenQueries {
  private readonly open: QueryWork[] = [];
  private waiting: QueryWork[];

  constructor(private readonly all: readonly QueryWork[]) {
    this.waiting = [...all];
  }

  /** Open queries that may start another download. */
  get withRoom(): readonly QueryWork[] {
    return this.open.filter(({ hasRoom }) => hasRoom);
  }

  /** Whether no download and no check runs. */
  get areIdle(): boolean {
    return this.all.every(({ isIdle }) => isIdle);
  }

  /** @throws Error if the job has no such query */
  of(record: ImageRecord): QueryWork {
    const query = this.all[queryIndexOf(record)];
    if (query === undefined) throw new Error(`The job has no query ${queryIndexOf(record)}`);
    return query;
  }

  /** Cuts off what the open queries do not need any more. */
  follow(): void {
    for (const query of this.open) query.follow();
  }

  /** Opens the next query if the open ones need no more results for now. @returns the first one; null at the end */
  first(): QueryWork | null {
    const mayOpen = this.open.length < QUERIES_AT_ONCE && this.open.every(({ isSupplied }) => isSupplied);
    const next = mayOpen ? this.waiting.shift() : undefined;
    if (next !== undefined) this.open.push(next);
    next?.follow();
    return this.open[0] ?? null;
  }

  /** Closes the first open query. Queries close in order: an earlier one may still take images of a later one over. */
  closeFirst(): void {
    this.open.shift()?.close();
  }

  /** The query to search for now: only one is searched at a time, and the earliest comes first. */
  toSearch(hasPlace: boolean): QueryWork | null {
    if (this.open.some(({ source }) => source.isPulling)) return null;
    return this.open.find((query) => query.wantsCandidates(hasPlace)) ?? null;
  }

  /** Searches no more; downloads go on. */
  endSearches(): void {
    this.waiting = [];
    for (const { source } of this.open) void source.close();
  }

  /** Ends all work because the collection fails. */
  abort(error: unknown): void {
    for (const query of this.all) query.abort(error);
  }

  async close(): Promise<void> {
    await Promise.all(this.all.map(({ source }) => source.close()));
  }
}
