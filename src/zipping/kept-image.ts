import { boundedCandidate } from '../jobs/candidate-facts.js';
import type { ImageRecord } from '../jobs/image-record.js';

/** The record of an image that was kept. */
export type KeptImage = ImageRecord & { readonly outcome: { readonly status: 'kept' } };

/**
 * The kept records among `records`, by ascending position; bounded again, since old records may be older than
 * the bounds.
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
