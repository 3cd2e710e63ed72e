import type { EngineName } from '../engines/engines.js';
import type { Filters } from '../jobs/request/filters.js';
import type { FoundCandidate } from './found-candidate.js';
import type { FilterPlan } from './filter-support.js';

/** The question of a search. */
export interface SearchQuery {
  /** The query as validated. */
  readonly text: string;
  readonly filters: Filters;
}

/** One image search engine or open collection. */
export abstract class ImageSource {
  abstract readonly name: EngineName;

  /**
   * @returns the question for the filters; with an `unsupported` or `hopeless` one the engine must not be
   *   searched
   */
  abstract plan(filters: Filters): FilterPlan;

  /**
   * Searches and yields one batch of new candidates for each page of results, in the engine's order. It
   * fetches the next page only when the next batch is pulled; leaving the loop early closes everything. Ends
   * when the engine has no more results.
   * @throws AppError `source.no_results`, `source.consent_wall`, `source.blocked`, `source.layout_changed`,
   *   `source.unreachable`, `browser.missing`, `browser.crashed`; the signal's reason when it aborts
   */
  abstract search(
    query: SearchQuery,
    signal: AbortSignal,
  ): AsyncGenerator<readonly FoundCandidate[], void, void>;
}
