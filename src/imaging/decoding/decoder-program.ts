import { availableParallelism } from 'node:os';
import { Rejection } from '../../jobs/rejection.js';
import { childScript, type ImageProgram, POOL_THREADS } from '../child-process/image-program.js';
import type { Message } from '../child-process/message-frames.js';
import { isCount, isImageFormat } from '../child-process/process-message.js';
import { refusalText } from '../child-process/refusal-text.js';
import { MINIATURE_BYTES } from '../similarity/miniature.js';
import type { Inspection } from './image-inspector.port.js';

/** Decodes image files; refusals are Rejections. */
export const DECODER: ImageProgram<Inspection> = {
  name: 'image decoder',
  script: childScript('decoding/decode-child'),
  // One more than there are cores: it waits in the process, so that the process need not wait for the next
  // image.
  atATime: Math.min(availableParallelism() + 1, POOL_THREADS),
  deadlineMs: 30_000,
  idleMs: 10_000,
  // Much more than a thumbnail and a miniature take.
  maxAnswerBytes: 2 ** 20,
  read: readInspection,
  refusal: rejectionFor,
  tookTooLong: 'took too long to decode',
  crashed: 'crashed the decoder',
};

function readInspection(answer: Message): Inspection | Rejection | null {
  const { format, width, height, frames, thumbnail, miniature } = answer;
  if (!isCount(width) || !isCount(height) || !isCount(frames)) return null;
  if (!isBytes(thumbnail) || !isBytes(miniature) || miniature.length !== MINIATURE_BYTES) return null;
  if (!isImageFormat(format)) return new Rejection('unsupported_format', String(format));
  return { format, width, height, frames, thumbnail: Buffer.from(thumbnail), miniature };
}

function rejectionFor(message: string): Rejection {
  if (/pixel limit/i.test(message)) return new Rejection('too_many_pixels');
  const needed = /needs (\d+ MB) of memory/.exec(message)?.[1];
  if (needed !== undefined) return new Rejection('too_many_pixels', `${needed} to decode`);
  const kind = /^unsupported: (.+)$/.exec(message)?.[1];
  if (kind !== undefined) return new Rejection('unsupported_format', kind);
  return new Rejection('broken_image', refusalText(message));
}

function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array;
}
