import type { Settings } from '../config/settings.js';
import type { Clock } from '../jobs/clock.port.js';
import type { DownloadLimits } from './download-limits.js';
import type { ImageIntake } from './judging/image-intake.js';
import type { Place } from './judging/kept-images.js';
import type { PageOriginals } from './originals/page-originals.js';

/** Dependencies of a collection. */
export interface CollectionParts {
  readonly intake: ImageIntake;
  readonly pages: PageOriginals;
  readonly clock: Clock;
  readonly limits: DownloadLimits;
  readonly settings: Pick<Settings, 'downloadConcurrency' | 'downloadsPerHost'>;
  /** From 0 up to 1; spreads the retries. */
  readonly random: () => number;
  /** Deletes the file of an image that has lost its place. */
  readonly removeImage: (place: Place) => Promise<void>;
}
