import type { ImageRecord } from '../jobs/image-record.js';

/** Is told what becomes of the candidates while images are collected. */
export interface CollectObserver {
  /**
   * Called for every candidate that was started and ended, kept or rejected; once more where a kept one has to
   * make place for a better copy or proves to be a stand-in. Those that are cut off because there are enough get
   * none and stay `found`.
   */
  onOutcome(record: ImageRecord): void;

  /**
   * Called when another address is tried for a candidate, before it is asked: the changed record, to be stored
   * under the hash it always had.
   */
  onResolved(record: ImageRecord): Promise<void>;

  /**
   * Called before `onOutcome` of a kept image, with its thumbnail (WebP, at most 128 px); the fact follows
   * when the promise fulfils. A rejection ends the whole collection with that error.
   */
  onKept(record: ImageRecord, thumbnail: Buffer): Promise<void>;
}
