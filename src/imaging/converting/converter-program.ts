import { availableParallelism } from 'node:os';
import type { ImageFormat } from '../../jobs/image-record.js';
import { childScript, type ImageProgram, POOL_THREADS } from '../child-process/image-program.js';
import type { Message } from '../child-process/message-frames.js';
import { isCount, isImageFormat } from '../child-process/process-message.js';
import { refusalText } from '../child-process/refusal-text.js';

/** How an image is to be changed. */
export interface ConversionTask {
  readonly bytes: Buffer;
  readonly format: ImageFormat;
  readonly longestSidePx: number | null;
  readonly stripMetadata: boolean;
}

/** A converted image. */
export interface Converted {
  readonly bytes: Buffer;
  readonly format: ImageFormat;
  readonly width: number;
  readonly height: number;
}

/** The image cannot be converted; `message` says why. */
export class ConversionRefused extends Error {
  override readonly name = 'ConversionRefused';
}

/** Converts images; refusals are ConversionRefused. */
export const CONVERTER: ImageProgram<Converted> = {
  name: 'image converter',
  script: childScript('converting/convert-child'),
  atATime: Math.min(availableParallelism(), POOL_THREADS),
  deadlineMs: 60_000,
  idleMs: 10_000,
  // A file is never larger than its image in memory.
  maxAnswerBytes: Infinity,
  read: readConverted,
  refusal: (message) => new ConversionRefused(refusalText(message)),
  tookTooLong: 'took too long',
  crashed: 'crashed the converter',
};

function readConverted({ bytes, format, width, height }: Message): Converted | null {
  const isWhole = bytes instanceof Uint8Array && bytes.length > 0 && isCount(width) && isCount(height);
  if (!isWhole || !isImageFormat(format)) return null;
  return { bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), format, width, height };
}
