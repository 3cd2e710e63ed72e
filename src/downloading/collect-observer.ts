import type { ImageRecord } from '../jobs/image-record.js';

/** Receives the outcomes of candidates during a collection. */
export interface CollectObserver {
  /**
   * Called for every candidate that was started and finished, kept or rejected; called again if a kept image
   * is replaced by a better copy or proves to be a placeholder. Candidates that are cut off because there are
   * enough get no call and stay `found`.
   */
  onOutcome(record: ImageRecord): void;

  /**
   * Called before another address of a candidate is requested, with the changed record. Store it under its
   * old hash.
   */
  onResolved(record: ImageRecord): Promise<void>;

  /**
   * Called before `onOutcome` of a kept image, with its thumbnail (WebP, at most 320 px); the outcome follows
   * when the promise fulfils. A rejection ends the whole collection with that error.
   */
  onKept(record: ImageRecord, thumbnail: Buffer): Promise<void>;
}
