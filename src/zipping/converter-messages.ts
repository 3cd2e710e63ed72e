import { IMAGE_FORMATS, type ImageFormat } from '../jobs/image-record.js';

/** An image as it came out of the converter. */
export interface Converted {
  readonly bytes: Buffer;
  readonly format: ImageFormat;
  readonly width: number;
  readonly height: number;
}

/** What a converter process says. */
export type ConverterMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'converted'; readonly id: number; readonly converted: Converted }
  | { readonly kind: 'refused'; readonly id: number; readonly message: string };

const MAX_MESSAGE_LENGTH = 120;

/**
 * Reads what a converter process said: it handles hostile bytes, so its word is checked like a stranger's.
 * @returns null for what makes no sense
 */
export function readConverterMessage(message: unknown): ConverterMessage | null {
  if (typeof message !== 'object' || message === null) return null;
  const said: Readonly<Record<string, unknown>> = { ...message };
  if (said['kind'] === 'ready') return { kind: 'ready' };
  const id = said['id'];
  if (!isCount(id)) return null;
  if (said['kind'] === 'refused') return { kind: 'refused', id, message: firstLine(said['message']) };
  const converted = said['kind'] === 'converted' ? readConverted(said) : null;
  return converted === null ? null : { kind: 'converted', id, converted };
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

function firstLine(text: unknown): string {
  return (String(text).split('\n', 1)[0] ?? '').slice(0, MAX_MESSAGE_LENGTH);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0;
}

function isFormat(value: unknown): value is ImageFormat {
  return IMAGE_FORMATS.some((format) => format === value);
}
