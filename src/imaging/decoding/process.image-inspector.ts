import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { ImageMemory } from '../image-memory.js';
import { ImageProcessGone } from '../child-process/image-process.js';
import { type DecoderProcess, startDecoder } from './decoder-process.js';
import { ImageInspector, type Inspection } from './image-inspector.port.js';
import { Rejection } from '../../jobs/rejection.js';
import type { DecoderOptions } from './decoder-options.js';

interface Task {
  readonly path: string;
  readonly resolve: (inspection: Inspection) => void;
  readonly reject: (reason: unknown) => void;
  /** It was in a process that crashed: it is tried once more with no other image beside it. */
  isSuspect: boolean;
}

/**
 * Decodes in a process of its own, some images side by side: native code that crashes on hostile bytes takes
 * that process with it, never the service. The images that were in it are then tried one by one, so that only
 * the one that crashes it counts as broken.
 */
@Injectable()
export class ProcessImageInspector extends ImageInspector implements OnApplicationShutdown {
  private readonly waiting: Task[] = [];
  private readonly running = new Set<Task>();
  private decoder: DecoderProcess | null = null;
  private idleTimer: NodeJS.Timeout | undefined;

  /** @param memory shared with every other process for images */
  constructor(
    private readonly options: DecoderOptions,
    private readonly memory: ImageMemory,
  ) {
    super();
  }

  override async inspect(path: string, signal: AbortSignal): Promise<Inspection> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<Inspection>();
    const task: Task = { path, resolve, reject, isSuspect: false };
    const giveUp = (): void => {
      // One that is being decoded runs to its end unheard: it is short, and ending the process costs more.
      if (this.waiting.includes(task)) this.waiting.splice(this.waiting.indexOf(task), 1);
      reject(signal.reason);
    };
    signal.addEventListener('abort', giveUp, { once: true });
    this.waiting.push(task);
    this.startTasks();
    try {
      return await promise;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  /** Ends the process. */
  onApplicationShutdown(): void {
    clearTimeout(this.idleTimer);
    this.decoder?.end();
    this.decoder = null;
  }

  private startTasks(): void {
    clearTimeout(this.idleTimer);
    for (let task = this.next(); task !== null; task = this.next()) void this.run(task);
    if (this.running.size > 0) return;
    this.idleTimer = setTimeout(() => this.onApplicationShutdown(), this.options.idleMs);
    this.idleTimer.unref();
  }

  /** Suspects come first and alone. */
  private next(): Task | null {
    const [task] = this.waiting;
    const mustBeAlone = task?.isSuspect === true || [...this.running].some((one) => one.isSuspect);
    if (task === undefined || this.running.size >= (mustBeAlone ? 1 : this.options.atATime)) return null;
    this.waiting.shift();
    this.running.add(task);
    return task;
  }

  private async run(task: Task): Promise<void> {
    try {
      task.resolve(await this.liveDecoder().run({ path: task.path }));
    } catch (error) {
      if (!(error instanceof ImageProcessGone)) task.reject(error);
      else if (task.isSuspect) task.reject(new Rejection('broken_image', 'crashed the decoder'));
      else this.waiting.unshift(Object.assign(task, { isSuspect: true }));
    } finally {
      this.running.delete(task);
      this.startTasks();
    }
  }

  private liveDecoder(): DecoderProcess {
    if (this.decoder?.isAlive !== true) this.decoder = startDecoder(this.options, this.memory);
    return this.decoder;
  }
}
