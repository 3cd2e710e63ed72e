import type { KeptFile } from '../../jobs/image-record.js';
import type { Features } from '../../imaging/similarity/features.js';
import type { Plainness } from '../../imaging/similarity/plainness.js';
import type { Miniature } from '../../imaging/similarity/miniature.js';

/** A decoded image file. */
export interface SeenImage {
  readonly file: KeptFile;
  /** Pixels as people see it, after EXIF rotation. */
  readonly width: number;
  readonly height: number;
  /** 1 for a still picture. */
  readonly frames: number;
  readonly miniature: Miniature;
  readonly features: Features | null;
  /** Computed on the first call. */
  readonly plainness: () => Plainness;
  /** WebP, at most 320 px. */
  readonly thumbnail: Buffer;
}
