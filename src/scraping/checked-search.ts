import { AppError } from '../jobs/app-error.js';
import type { FoundCandidate } from './found-candidate.js';
import { ENGINES } from '../engines/engines.js';
import { areRandom } from './random-results.js';
import type { ImageSource, SearchQuery } from './image-source.port.js';

/**
 * Searches an engine and checks that its first page is related to the query.
 * @throws AppError `source.unrelated` if it is not; the errors of the search
 */
export async function* checkedSearch(
  source: ImageSource,
  query: SearchQuery,
  signal: AbortSignal,
): AsyncGenerator<readonly FoundCandidate[], void, void> {
  let isLookedAt = ENGINES[source.name].kind === 'collection';
  for await (const batch of source.search(query, signal)) {
    if (!isLookedAt && areRandom(batch, query.text))
      throw new AppError('source.unrelated', { engine: source.name, found: 0, results: batch.length });
    isLookedAt = true;
    yield batch;
  }
}
