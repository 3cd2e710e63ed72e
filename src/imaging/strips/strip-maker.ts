import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { ImageWorker } from '../child-process/image-worker.js';
import { ImageMemory } from '../image-memory.js';
import { STRIP_MAKER, type StripTask } from './strip-program.js';

/** Puts thumbnails side by side in a child process. */
@Injectable()
export class StripMaker implements OnApplicationShutdown {
  private readonly worker: ImageWorker<StripTask, Buffer>;

  /** @param memory shared by all processes for images */
  constructor(memory: ImageMemory) {
    this.worker = new ImageWorker(STRIP_MAKER, memory);
  }

  /**
   * @param thumbnails at least one
   * @returns a JPEG
   * @throws AppError `internal.unexpected` if a thumbnail cannot be read; the signal's reason
   */
  make(thumbnails: readonly Buffer[], signal: AbortSignal): Promise<Buffer> {
    const lengths = thumbnails.map(({ length }) => length);
    return this.worker.run({ bytes: Buffer.concat(thumbnails), lengths }, signal);
  }

  /** Ends the process for good. */
  onApplicationShutdown(): void {
    this.worker.stop();
  }
}
