import { IMAGE_FORMATS, type ImageFormat } from '../../jobs/image-record.js';
import type { Message } from './message-frames.js';

/** A message from a child process for images. */
export type ProcessMessage =
  | { readonly kind: 'ready' }
  /** A large image asks for memory before its pixels are read. */
  | { readonly kind: 'needs'; readonly id: number; readonly bytes: number }
  /** An image waits for others of the process and needs no memory meanwhile. */
  | { readonly kind: 'rests'; readonly id: number }
  | { readonly kind: 'refused'; readonly id: number; readonly message: string }
  | { readonly kind: 'done'; readonly id: number; readonly answer: Message };

/**
 * Reads a message from a child process. The process handles hostile bytes, so the message is not trusted.
 * @returns null if it is nonsense
 */
export function readProcessMessage(said: Message): ProcessMessage | null {
  const { kind, id, bytes, message } = said;
  if (kind === 'ready') return { kind };
  if (!isCount(id)) return null;
  switch (kind) {
    case 'needs':
      return typeof bytes === 'number' && bytes >= 0 ? { kind, id, bytes } : null;
    case 'rests':
      return { kind, id };
    case 'refused':
      return { kind, id, message: String(message) };
    case 'done':
      return { kind, id, answer: said };
    default:
      return null;
  }
}

/** Whether a value from a process is a whole number above zero. */
export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0;
}

/** Whether a value from a process is the name of an image format that is delivered. */
export function isImageFormat(value: unknown): value is ImageFormat {
  return IMAGE_FORMATS.some((format) => format === value);
}
