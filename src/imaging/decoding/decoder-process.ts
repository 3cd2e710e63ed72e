import { childScript, ImageProcess } from '../child-process/image-process.js';
import type { ImageMemory } from '../image-memory.js';
import { readDecoderAnswer } from './decoder-messages.js';
import type { DecoderOptions } from './decoder-options.js';
import type { Inspection } from './image-inspector.port.js';
import { Rejection } from '../../jobs/rejection.js';

/** Much more than a thumbnail and a view take. */
const MOST_ANSWER_BYTES = 2 ** 20;

/** A file to decode. */
export interface DecodeTask {
  /** Absolute. */
  readonly path: string;
}

/** A process that decodes images; each is a Rejection where it is none. */
export type DecoderProcess = ImageProcess<DecodeTask, Inspection>;

/** Starts one. @param memory shared with every other process for images */
export function startDecoder(options: DecoderOptions, memory: ImageMemory): DecoderProcess {
  return new ImageProcess({
    script: options.script ?? childScript('decoding/decode-child'),
    part: 'image decoder',
    deadlineMs: options.decodeDeadlineMs,
    memory,
    mostAnswerBytes: MOST_ANSWER_BYTES,
    read: readDecoderAnswer,
    tookTooLong: () => new Rejection('broken_image', 'took too long to decode'),
  });
}
