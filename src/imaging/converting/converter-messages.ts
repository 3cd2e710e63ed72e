import type { ImageAnswer } from '../child-process/image-process.js';
import { isCount } from '../child-process/process-message.js';
import { refusalText } from '../refusal-text.js';
import { IMAGE_FORMATS, type ImageFormat } from '../../jobs/image-record.js';

/** An image as it came out of the converter. */
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

/**
 * Reads what a converter process answered: it handles hostile bytes, so its word is checked like a stranger's.
 * @returns null for what makes no sense
 */
export function readConverterAnswer(
  answer: Readonly<Record<string, unknown>>,
): ImageAnswer<Converted> | null {
  const { kind, message } = answer;
  if (kind === 'refused') return { kind, reason: new ConversionRefused(refusalText(message)) };
  const result = kind === 'converted' ? readConverted(answer) : null;
  return result === null ? null : { kind: 'done', result };
}

function readConverted({
  bytes,
  format,
  width,
  height,
}: Readonly<Record<string, unknown>>): Converted | null {
  const isWhole = bytes instanceof Uint8Array && bytes.length > 0 && isCount(width) && isCount(height);
  if (!isWhole || !isFormat(format)) return null;
  return { bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), format, width, height };
}

function isFormat(value: unknown): value is ImageFormat {
  return IMAGE_FORMATS.some((format) => format === value);
}
