import type { ImageFormat } from '../../jobs/image-record.js';
import type { Miniature } from '../similarity/miniature.js';

/** What decoding a whole image showed. */
export interface Inspection {
  readonly format: ImageFormat;
  /** Pixels of one frame as people see them: turned where EXIF says so. */
  readonly width: number;
  readonly height: number;
  /** 1 for a still picture. */
  readonly frames: number;
  /** WebP, at most 128 px, turned the way it is meant to be seen. */
  readonly thumbnail: Buffer;
  /** The same in a square, for everything that looks at pictures. */
  readonly miniature: Miniature;
}

/** Decodes images, all there is of them, where a crash harms nobody. */
export abstract class ImageInspector {
  /**
   * @param path an absolute path to the whole file
   * @throws Rejection `broken_image`, `too_many_pixels`, `unsupported_format`; the signal's reason when it
   *   aborts; AppError `internal.unexpected` where nothing can be decoded at all
   */
  abstract inspect(path: string, signal: AbortSignal): Promise<Inspection>;
}
