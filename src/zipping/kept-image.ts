import type { ImageRecord } from '../jobs/image-record.js';

/** The record of an image that passed the checks. */
export type KeptImage = ImageRecord & { readonly outcome: { readonly status: 'kept' } };

/** The kept ones among `records`, by ascending position. */
export function keptImages(records: readonly ImageRecord[]): KeptImage[] {
  return records.filter(isKept).toSorted((a, b) => a.position - b.position);
}

function isKept(record: ImageRecord): record is KeptImage {
  return record.outcome.status === 'kept';
}
