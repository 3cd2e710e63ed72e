import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DecoderProcess } from './decoder-process.js';
import { ImageInspector, type Inspection } from './image-inspector.port.js';

/** How a pool of decoder processes behaves. */
export interface PoolOptions {
  /** Most processes; they start one by one when there is work. */
  readonly maxProcesses: number;
  /** A process without work for so long ends, so that an idle service is small. */
  readonly idleMs: number;
  readonly decodeDeadlineMs: number;
  /** Another script than the decoder's own, for tests. */
  readonly script?: string;
}

interface Task {
  readonly path: string;
  readonly resolve: (inspection: Inspection) => void;
  readonly reject: (reason: unknown) => void;
}

/** Decodes in processes of their own: native code that crashes on hostile bytes takes one image with it. */
@Injectable()
export class ProcessPoolImageInspector extends ImageInspector implements OnApplicationShutdown {
  private readonly tasks: Task[] = [];
  private readonly free: DecoderProcess[] = [];
  private readonly all = new Set<DecoderProcess>();
  private idleTimer: NodeJS.Timeout | null = null;

  constructor(private readonly options: PoolOptions) {
    super();
  }

  override async inspect(path: string, signal: AbortSignal): Promise<Inspection> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<Inspection>();
    const task: Task = { path, resolve, reject };
    const giveUp = (): void => {
      const index = this.tasks.indexOf(task);
      // One that is being decoded runs to its end unheard: it is short, and ending the process costs more.
      if (index !== -1) this.tasks.splice(index, 1);
      reject(signal.reason);
    };
    signal.addEventListener('abort', giveUp, { once: true });
    this.tasks.push(task);
    this.startTasks();
    try {
      return await promise;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  /** Ends every process. */
  onApplicationShutdown(): void {
    for (const decoder of this.all) decoder.kill();
  }

  private startTasks(): void {
    this.stopIdling();
    while (this.tasks.length > 0) {
      const decoder = this.free.pop() ?? this.grow();
      const task = decoder === null ? undefined : this.tasks.shift();
      if (decoder === null || task === undefined) return;
      this.run(decoder, task.path).then(task.resolve, task.reject);
    }
  }

  private grow(): DecoderProcess | null {
    if (this.all.size >= this.options.maxProcesses) return null;
    const decoder: DecoderProcess = new DecoderProcess(
      this.options.decodeDeadlineMs,
      () => this.forget(decoder),
      this.options.script,
    );
    this.all.add(decoder);
    return decoder;
  }

  private async run(decoder: DecoderProcess, path: string): Promise<Inspection> {
    try {
      return await decoder.decode(path);
    } finally {
      if (this.all.has(decoder)) this.free.push(decoder);
      this.startTasks();
      this.idle();
    }
  }

  private forget(decoder: DecoderProcess): void {
    this.all.delete(decoder);
    const index = this.free.indexOf(decoder);
    if (index !== -1) this.free.splice(index, 1);
  }

  private idle(): void {
    if (this.free.length < this.all.size) return;
    this.stopIdling();
    this.idleTimer = setTimeout(() => this.onApplicationShutdown(), this.options.idleMs);
    this.idleTimer.unref();
  }

  private stopIdling(): void {
    if (this.idleTimer !== null) clearTimeout(this.idleTimer);
    this.idleTimer = null;
  }
}
