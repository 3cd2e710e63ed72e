import type { Candidate } from '../jobs/candidate.js';
import type { FoundCandidate } from '../scraping/found-candidate.js';

/**
 * Passes over the results that the jobs before have delivered.
 * @param isDelivered tells such results
 * @param onPassedOver called with the number of such results on a page that has any
 */
export async function* leaveOutDelivered(
  batches: AsyncIterable<readonly FoundCandidate[]>,
  isDelivered: (candidate: Candidate) => boolean,
  onPassedOver: (count: number) => void,
): AsyncGenerator<readonly FoundCandidate[], void, void> {
  for await (const batch of batches) {
    const fresh = batch.filter((candidate) => !isDelivered(candidate));
    if (fresh.length < batch.length) onPassedOver(batch.length - fresh.length);
    yield fresh;
  }
}
