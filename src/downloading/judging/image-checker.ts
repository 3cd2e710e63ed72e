import { Injectable } from '@nestjs/common';
import type { Fetched } from '../fetching/image-fetcher.js';
import { ImageInspector, type Inspection } from '../../imaging/decoding/image-inspector.port.js';
import { fingerprintOf } from '../../imaging/similarity/fingerprint.js';
import { featuresOf } from '../../imaging/similarity/features.js';
import { type Plainness, plainnessOf } from '../../imaging/similarity/plainness.js';
import { Rejection } from '../../jobs/rejection.js';
import type { SeenImage } from './seen-image.js';

/** Decodes a downloaded file and derives its facts. */
@Injectable()
export class ImageChecker {
  constructor(private readonly inspector: ImageInspector) {}

  /** @throws Rejection `broken_image`, `too_many_pixels`, `unsupported_format`; the signal's reason */
  async check({ part, sha256, format }: Fetched, signal: AbortSignal): Promise<SeenImage> {
    const seen = await this.inspector.inspect(part.path, signal);
    if (seen.format !== format) throw new Rejection('broken_image', `begins like ${format}`);
    const fingerprint = fingerprintIn(seen);
    const { width, height, frames, miniature, thumbnail } = seen;
    const file = { sha256, format, width, height, bytes: part.bytes, fingerprint };
    const features = featuresOf(fingerprint);
    let known: Plainness | null = null;
    const plainness = (): Plainness => (known ??= plainnessOf(miniature));
    return { file, width, height, frames, miniature, thumbnail, features, plainness };
  }

  /**
   * Features and size of the image in a file.
   * @param path absolute
   * @throws like `check`
   */
  async featuresIn(
    path: string,
    signal: AbortSignal,
  ): Promise<Pick<SeenImage, 'features' | 'width' | 'height'>> {
    const seen = await this.inspector.inspect(path, signal);
    const { width, height } = seen;
    return { features: featuresOf(fingerprintIn(seen)), width, height };
  }
}

function fingerprintIn({ miniature, width, height }: Inspection): string {
  return fingerprintOf(miniature, width / height);
}
