import type { Metadata } from 'sharp';

/** Facts of a picture that are known before its pixels are read. */
export type PictureFacts = Pick<
  Metadata,
  'format' | 'width' | 'height' | 'channels' | 'depth' | 'isProgressive'
>;

/** Formats that can be written. */
export type WrittenFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif';

/**
 * Maximum memory for decoding, in bytes: some formats can be read line by line, others only as a whole.
 * Measured with pictures of 50 megapixels, and rounded up.
 */
export function decodingBytes(facts: PictureFacts): number {
  return facts.width * facts.height * decodingBytesPerPixel(facts);
}

function decodingBytesPerPixel({ format, channels, depth, isProgressive }: PictureFacts): number {
  const isDeep = depth !== 'uchar';
  switch (format) {
    case 'jpeg':
      // Coefficients take two bytes each, and all are kept if the picture comes in several passes.
      return isProgressive ? 2 * channels : 0;
    case 'png':
      return (isProgressive ? 5 : 1) * (isDeep ? 2 : 1);
    case 'webp':
      return 9;
    case 'gif':
      return 5;
    default:
      return isDeep ? 25 : 19;
  }
}

/** Maximum memory for encoding, in bytes. @param pixels of all frames together */
export function encodingBytes(format: WrittenFormat, pixels: number): number {
  const bytesPerPixel = { jpeg: 8, png: 1, webp: 6, gif: 12, avif: 24 }[format];
  return pixels * bytesPerPixel;
}
