import { boundedCandidate } from '../jobs/candidate-facts.js';
import type { ImageRecord } from '../jobs/image-record.js';

/** The record of an image that was kept. */
export type KeptImage = ImageRecord & { readonly outcome: { readonly status: 'kept' } };

/**
 * @returns the kept images, sorted by position; bounds the texts of old records that were stored without
 * limits
 */
export function keptImages(records: readonly ImageRecord[]): KeptImage[] {
  return records
    .filter(isKept)
    .map((record) => ({ ...record, candidate: boundedCandidate(record.candidate) }))
    .toSorted((a, b) => a.position - b.position);
}

function isKept(record: ImageRecord): record is KeptImage {
  return record.outcome.status === 'kept';
}
