import type { ImageAnswer } from '../child-process/image-process.js';
import { isCount } from '../child-process/process-message.js';
import { refusalText } from '../refusal-text.js';
import type { ImageFormat } from '../../jobs/image-record.js';
import { IMAGE_FORMATS } from '../../jobs/image-record.js';
import type { Inspection } from './image-inspector.port.js';
import { VIEW_BYTES } from '../similarity/view.js';
import { Rejection } from '../../jobs/rejection.js';

/**
 * Reads what a decoder process answered: it handles hostile bytes, so its word is checked like a stranger's.
 * @returns null for what makes no sense
 */
export function readDecoderAnswer(answer: Readonly<Record<string, unknown>>): ImageAnswer<Inspection> | null {
  const { kind, message } = answer;
  if (kind === 'refused') return { kind, reason: rejectionFor(String(message)) };
  return kind === 'decoded' ? readDecoded(answer) : null;
}

function readDecoded(answer: Readonly<Record<string, unknown>>): ImageAnswer<Inspection> | null {
  const { format, width, height, frames, thumbnail, view } = answer;
  if (!isCount(width) || !isCount(height) || !isCount(frames)) return null;
  if (!isBytes(thumbnail) || !isBytes(view) || view.length !== VIEW_BYTES) return null;
  if (!isFormat(format))
    return { kind: 'refused', reason: new Rejection('unsupported_format', String(format)) };
  const seen = { format, width, height, frames, thumbnail: Buffer.from(thumbnail), view };
  return { kind: 'done', result: seen };
}

function rejectionFor(text: string): Rejection {
  if (/pixel limit/i.test(text)) return new Rejection('too_many_pixels');
  const needed = /needs (\d+ MB) of memory/.exec(text)?.[1];
  if (needed !== undefined) return new Rejection('too_many_pixels', `${needed} to decode`);
  const kind = /^unsupported: (.+)$/.exec(text)?.[1];
  if (kind !== undefined) return new Rejection('unsupported_format', kind);
  return new Rejection('broken_image', refusalText(text));
}

function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array;
}

function isFormat(value: unknown): value is ImageFormat {
  return IMAGE_FORMATS.some((format) => format === value);
}
