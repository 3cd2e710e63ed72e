import type { ImageFormat } from '../jobs/image-record.js';
import { IMAGE_FORMATS } from '../jobs/image-record.js';
import type { Inspection } from './image-inspector.port.js';
import { VIEW_BYTES } from './looks/view.js';
import { Rejection } from './rejection.js';

/** What a decoder process says. */
export type DecoderMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'decoded'; readonly id: number; readonly inspection: Inspection }
  | { readonly kind: 'refused'; readonly id: number; readonly rejection: Rejection };

/**
 * Reads what a decoder process said: it handles hostile bytes, so its word is checked like a stranger's.
 * @returns null for what makes no sense
 */
export function readDecoderMessage(message: unknown): DecoderMessage | null {
  if (!isRecord(message)) return null;
  if (message['kind'] === 'ready') return { kind: 'ready' };
  const { kind, id } = message;
  if (!isCount(id)) return null;
  if (kind === 'refused') return { kind, id, rejection: rejectionFor(String(message['message'])) };
  return kind === 'decoded' ? readDecoded(message, id) : null;
}

function readDecoded(message: Record<string, unknown>, id: number): DecoderMessage | null {
  const { format, width, height, frames, isSideways, thumbnail, view } = message;
  if (!isCount(width) || !isCount(height) || !isCount(frames) || typeof isSideways !== 'boolean') return null;
  if (!isBytes(thumbnail) || !isBytes(view) || view.length !== VIEW_BYTES) return null;
  if (!isFormat(format))
    return { kind: 'refused', id, rejection: new Rejection('unsupported_format', String(format)) };
  return {
    kind: 'decoded',
    id,
    inspection: { format, width, height, frames, isSideways, thumbnail: Buffer.from(thumbnail), view },
  };
}

function rejectionFor(text: string): Rejection {
  if (/pixel limit/i.test(text)) return new Rejection('too_many_pixels');
  const firstLine = text.split('\n', 1)[0] ?? '';
  // libvips names the file in some of its messages.
  return new Rejection(
    'broken_image',
    firstLine
      .replaceAll(/\S*\/\S+/g, '')
      .trim()
      .slice(0, 120),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0;
}

function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array;
}

function isFormat(value: unknown): value is ImageFormat {
  return IMAGE_FORMATS.some((format) => format === value);
}
