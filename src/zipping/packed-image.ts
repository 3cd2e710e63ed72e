import { createHash } from 'node:crypto';
import type { KeptFile } from '../jobs/image-record.js';
import { changesFiles, type Output } from '../jobs/request/output.js';
import {
  ConversionRefused,
  type ConversionTask,
  type Converted,
} from '../imaging/converting/converter-program.js';
import type { KeptImage } from './kept-image.js';

/** The facts of a file, in the archive or as downloaded. */
export type FileFacts = Pick<KeptFile, 'format' | 'width' | 'height' | 'bytes' | 'sha256'>;

/** An image in the archive. */
export interface PackedImage {
  readonly image: KeptImage;
  readonly bytes: Buffer;
  readonly file: FileFacts;
  /** The file as downloaded if it was changed. */
  readonly original: FileFacts | null;
  /** Why the file is as downloaded although a change was asked for. */
  readonly note: string | null;
}

/** Changes one image. @throws ConversionRefused if it cannot be changed */
export type ConvertImage = (task: ConversionTask) => Promise<Converted>;

/** Changes an image as asked for; if that is impossible, the image stays as downloaded, with a note. */
export async function packImage(
  image: KeptImage,
  bytes: Buffer,
  output: Output,
  convertImage: ConvertImage,
): Promise<PackedImage> {
  const { format, width, height, sha256 } = image.outcome.file;
  const original: FileFacts = { format, width, height, bytes: bytes.length, sha256 };
  const asDownloaded = { image, bytes, file: original, original: null, note: null };
  if (!isChanged(original, output)) return asDownloaded;
  const { convert = format, longestSidePx = null, stripMetadata = false } = output;
  try {
    const task = { bytes, format: convert, longestSidePx, stripMetadata };
    const converted = await convertImage(task);
    return { image, bytes: converted.bytes, file: factsOf(converted), original, note: null };
  } catch (error) {
    if (!(error instanceof ConversionRefused)) throw error;
    return { ...asDownloaded, note: `not changed: ${error.message}` };
  }
}

/** Files are encoded again only if necessary. */
function isChanged({ format, width, height }: FileFacts, output: Output): boolean {
  if (!changesFiles(output)) return false;
  const { convert = format, longestSidePx = Infinity, stripMetadata } = output;
  return stripMetadata === true || convert !== format || Math.max(width, height) > longestSidePx;
}

function factsOf({
  bytes,
  format,
  width,
  height,
}: Pick<PackedImage, 'bytes'> & Omit<FileFacts, 'bytes' | 'sha256'>) {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { format, width, height, bytes: bytes.length, sha256 };
}
