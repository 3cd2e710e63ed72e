import type { ImageFormat } from '../../jobs/image-record.js';
import type { Miniature } from '../similarity/miniature.js';

/** The result of decoding a whole image. */
export interface Inspection {
  readonly format: ImageFormat;
  /** Pixels of one frame as people see them, after EXIF rotation. */
  readonly width: number;
  readonly height: number;
  /** 1 for a still picture. */
  readonly frames: number;
  /** WebP, at most 320 px, after EXIF rotation. */
  readonly thumbnail: Buffer;
  /** The same picture in a square, for comparisons. */
  readonly miniature: Miniature;
}

/** Decodes whole images where a crash does not harm the service. */
export abstract class ImageInspector {
  /**
   * @param path an absolute path to the whole file
   * @throws Rejection `broken_image`, `too_many_pixels`, `unsupported_format`; the signal's reason if it
   *   aborts; AppError `internal.unexpected` if nothing can be decoded at all
   */
  abstract inspect(path: string, signal: AbortSignal): Promise<Inspection>;
}
