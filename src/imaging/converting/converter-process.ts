import type { ImageFormat } from '../../jobs/image-record.js';
import type { ImageMemory } from '../image-memory.js';
import { childScript, ImageProcess } from '../child-process/image-process.js';
import { ConversionRefused, type Converted, readConverterAnswer } from './converter-messages.js';

/** What becomes of an image. */
export interface ConversionTask {
  readonly bytes: Buffer;
  readonly format: ImageFormat;
  readonly longestSidePx: number | null;
  readonly stripMetadata: boolean;
}

/** How one process is run. */
export interface ConverterOptions {
  readonly deadlineMs: number;
  /** Another script than the converter's own, for tests. */
  readonly script?: string;
}

/** A process that converts images; each is a ConversionRefused where it cannot. */
export type ConverterProcess = ImageProcess<ConversionTask, Converted>;

/** Starts one. @param memory shared with every other process for images */
export function startConverter(options: ConverterOptions, memory: ImageMemory): ConverterProcess {
  return new ImageProcess({
    script: options.script ?? childScript('converting/convert-child'),
    part: 'image converter',
    deadlineMs: options.deadlineMs,
    memory,
    // An image is never larger than what it took in memory.
    mostAnswerBytes: memory.totalBytes,
    read: readConverterAnswer,
    tookTooLong: () => new ConversionRefused('took too long'),
  });
}
