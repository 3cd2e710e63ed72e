import type { ImageRecord } from '../jobs/image-record.js';
import { deliveredBefore } from '../jobs/request/excluded-images.js';
import type { FoundCandidate } from '../scraping/found-candidate.js';

/**
 * Passes over the results that the jobs before have delivered.
 * @param excluded records with the outcome `excluded`
 * @param onPassedOver called with the number of such results on a page that has any
 */
export async function* leaveOutDelivered(
  batches: AsyncIterable<readonly FoundCandidate[]>,
  excluded: readonly ImageRecord[],
  onPassedOver: (count: number) => void,
): AsyncGenerator<readonly FoundCandidate[], void, void> {
  const isDelivered = deliveredBefore(excluded);
  for await (const batch of batches) {
    const fresh = batch.filter((candidate) => !isDelivered(candidate));
    if (fresh.length < batch.length) onPassedOver(batch.length - fresh.length);
    yield fresh;
  }
}
