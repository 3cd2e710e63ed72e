import { ImageWorker } from '../child-process/image-worker.js';
import type { ImageMemory } from '../image-memory.js';
import { type ConversionTask, type Converted, CONVERTER } from './converter-program.js';

/** Converts the images of one archive in a child process. */
export class ImageConversion {
  private readonly worker: ImageWorker<ConversionTask, Converted>;

  /** @param memory shared by all processes for images */
  constructor(memory: ImageMemory, program = CONVERTER) {
    this.worker = new ImageWorker(program, memory);
  }

  /** @throws ConversionRefused if the image cannot be converted; ImageProcessGone after `end`; the signal's reason */
  convert(task: ConversionTask, signal: AbortSignal): Promise<Converted> {
    return this.worker.run(task, signal);
  }

  /** Ends the process at once and for good: all unfinished images throw ImageProcessGone. */
  end(): void {
    this.worker.stop();
  }
}
