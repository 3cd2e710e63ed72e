import type { Candidate, LicenceHint } from '../jobs/candidate.js';
import type { EngineName } from '../engines/engines.js';

/** A result as read from a page; the search adds the rest. */
type Result = Omit<Candidate, 'engine' | 'rank' | 'licence'> & Partial<Pick<Candidate, 'licence'>>;

/** The results of one search so far: makes candidates of those that no page had before. */
export class UnseenResults {
  private readonly seen = new Set<string>();

  /** @param licence of results that state none themselves */
  constructor(
    private readonly engine: EngineName,
    private readonly licence: LicenceHint | null = null,
  ) {}

  /** Number of results so far. */
  get count(): number {
    return this.seen.size;
  }

  /** The source ids of the results so far. */
  get ids(): readonly string[] {
    return [...this.seen];
  }

  /** Notes the results of a page. @returns candidates of those no page had before, ranked in their order */
  newAmong(results: readonly Result[]): readonly Candidate[] {
    const fresh = results.filter(({ sourceId }) => !this.seen.has(sourceId));
    return fresh.map((result) => {
      this.seen.add(result.sourceId);
      return { licence: this.licence, ...result, engine: this.engine, rank: this.seen.size };
    });
  }
}
