import { Injectable } from '@nestjs/common';
import type { KeptFile } from '../jobs/image-record.js';
import { fingerprintOf } from './fingerprint.js';
import type { Fetched } from './image-fetcher.js';
import { ImageInspector } from './image-inspector.port.js';
import { Rejection } from './rejection.js';

/** A file that is a whole image, and how it looks. */
export interface CheckedImage {
  readonly file: KeptFile;
  readonly thumbnail: Buffer;
}

/** Decodes a downloaded file and draws up its facts. */
@Injectable()
export class ImageChecker {
  constructor(private readonly inspector: ImageInspector) {}

  /** @throws Rejection `broken_image`, `too_many_pixels`, `unsupported_format`; the signal's reason */
  async check({ part, sha256, format }: Fetched, signal: AbortSignal): Promise<CheckedImage> {
    const seen = await this.inspector.inspect(part.path, signal);
    if (seen.format !== format) throw new Rejection('broken_image', `begins like ${format}`);
    const { width, height, thumbnail, grey } = seen;
    const fingerprint = fingerprintOf(grey);
    return { file: { sha256, format, width, height, bytes: part.bytes, fingerprint }, thumbnail };
  }
}
