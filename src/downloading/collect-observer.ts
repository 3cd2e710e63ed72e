import type { ImageRecord } from '../jobs/image-record.js';

/** Is told what becomes of the candidates while images are collected. */
export interface CollectObserver {
  /**
   * Called once for every candidate that was started and ended, kept or rejected. Those that are cut off
   * because there are enough get none and stay `found`.
   */
  onOutcome(record: ImageRecord): void;

  /**
   * Called before `onOutcome` of a kept image, with its thumbnail (WebP, at most 128 px); the fact follows
   * when the promise fulfils. A rejection ends the whole collection with that error.
   */
  onKept(record: ImageRecord, thumbnail: Buffer): Promise<void>;
}
