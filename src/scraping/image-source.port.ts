import type { EngineName } from '../engines/engines.js';
import type { Filters } from '../jobs/request/filters.js';
import type { FoundCandidate } from './found-candidate.js';
import type { FilterPlan } from './filter-support.js';

/** What is searched for. */
export interface SearchQuery {
  /** The query as validated. */
  readonly text: string;
  readonly filters: Filters;
}

/** One image search engine or open collection. */
export abstract class ImageSource {
  abstract readonly name: EngineName;

  /** @returns how it is asked for the filters; with an `unsupported` or `hopeless` one it must not be searched */
  abstract plan(filters: Filters): FilterPlan;

  /**
   * Searches, one batch of new candidates for each page of results, in the engine's order. The next page is
   * fetched only when the next batch is pulled; leaving the loop early closes everything that was opened.
   * Ends when the engine truly has no more.
   * @throws AppError `source.no_results`, `source.consent_wall`, `source.blocked`, `source.layout_changed`,
   *   `source.unreachable`, `browser.missing`, `browser.crashed`; the signal's reason when it aborts
   */
  abstract search(
    query: SearchQuery,
    signal: AbortSignal,
  ): AsyncGenerator<readonly FoundCandidate[], void, void>;
}
