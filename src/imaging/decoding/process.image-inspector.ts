import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { ImageProgram } from '../child-process/image-program.js';
import { ImageWorker } from '../child-process/image-worker.js';
import type { ImageMemory } from '../image-memory.js';
import { DECODER } from './decoder-program.js';
import { ImageInspector, type Inspection } from './image-inspector.port.js';

/** Decodes images in a child process. */
@Injectable()
export class ProcessImageInspector extends ImageInspector implements OnApplicationShutdown {
  private readonly worker: ImageWorker<{ readonly path: string }, Inspection>;

  /** @param memory shared by all processes for images */
  constructor(memory: ImageMemory, program: ImageProgram<Inspection> = DECODER) {
    super();
    this.worker = new ImageWorker(program, memory);
  }

  override inspect(path: string, signal: AbortSignal): Promise<Inspection> {
    return this.worker.run({ path }, signal);
  }

  /** Ends the process for good. */
  onApplicationShutdown(): void {
    this.worker.stop();
  }
}
