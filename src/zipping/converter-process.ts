import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AppError } from '../jobs/app-error.js';
import type { ImageFormat } from '../jobs/image-record.js';
import { type Converted, readConverterMessage } from './converter-messages.js';

const MAX_HEAP_MB = 64;
const START_DEADLINE_MS = 20_000;

/** The script the process runs: beside this file, compiled or not. */
const SCRIPT = fileURLToPath(
  new URL(`./convert-child${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`, import.meta.url),
);

/** What becomes of an image. */
export interface ConversionTask {
  readonly bytes: Buffer;
  readonly format: ImageFormat;
  readonly longestSidePx: number | null;
  readonly stripMetadata: boolean;
}

/** The image cannot be converted; `message` says why. */
export class ConversionRefused extends Error {
  override readonly name = 'ConversionRefused';
}

/** The process went away with the image in it, whose fault that is or not. */
export class ConverterGone extends Error {
  override readonly name = 'ConverterGone';
}

interface Pending {
  readonly resolve: (converted: Converted) => void;
  readonly reject: (reason: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** How one process is run. */
export interface ConverterOptions {
  readonly deadlineMs: number;
  /** Another script than the converter's own, for tests. */
  readonly script?: string;
}

/** One process that converts images. Once it has failed in any way it is ended and not used again. */
export class ConverterProcess {
  private readonly child: ChildProcess;
  private readonly pending = new Map<number, Pending>();
  private readonly started = Promise.withResolvers<void>();
  private readonly startTimer = setTimeout(() => this.end(), START_DEADLINE_MS);
  private lastId = 0;
  private hasEnded = false;

  constructor(private readonly options: ConverterOptions) {
    this.child = fork(options.script ?? SCRIPT, [], {
      // Nothing of the service's environment: no secret is where hostile bytes are decoded.
      env: { MALLOC_ARENA_MAX: '2' },
      execArgv: [`--max-old-space-size=${MAX_HEAP_MB}`, '--disable-warning=ExperimentalWarning'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    // Awaited with each image; where there is none, nobody needs to know.
    this.started.promise.catch(() => null);
    this.child.on('message', (message) => this.receive(message));
    this.child.on('error', () => this.end());
    this.child.on('exit', () => this.end());
  }

  /** Whether it can be given work. */
  get isAlive(): boolean {
    return !this.hasEnded;
  }

  /**
   * Converts one image, beside others.
   * @throws ConversionRefused; ConverterGone; AppError `internal.unexpected` when the process could not start
   */
  async convert(task: ConversionTask): Promise<Converted> {
    await this.started.promise;
    if (this.hasEnded) throw gone();
    const { promise, resolve, reject } = Promise.withResolvers<Converted>();
    const id = (this.lastId += 1);
    const timer = setTimeout(() => this.giveUp(id), this.options.deadlineMs);
    this.pending.set(id, { resolve, reject, timer });
    // A failure to send is told by the exit that follows or caused it.
    this.child.send({ id, ...task }, () => undefined);
    return promise;
  }

  /** Ends the process at once; what is being converted throws ConverterGone. */
  end(): void {
    this.hasEnded = true;
    this.child.kill('SIGKILL');
    clearTimeout(this.startTimer);
    this.started.reject(new AppError('internal.unexpected', { part: 'image converter' }));
    for (const id of this.pending.keys()) this.take(id)?.reject(gone());
  }

  private receive(message: unknown): void {
    const read = readConverterMessage(message);
    if (read === null) return this.end();
    if (read.kind === 'ready') {
      clearTimeout(this.startTimer);
      return this.started.resolve();
    }
    const task = this.take(read.id);
    if (read.kind === 'converted') task?.resolve(read.converted);
    else task?.reject(new ConversionRefused(read.message));
  }

  /** Native code cannot be called off: the process has to go. */
  private giveUp(id: number): void {
    this.take(id)?.reject(new ConversionRefused('took too long'));
    this.end();
  }

  private take(id: number): Pending | undefined {
    const task = this.pending.get(id);
    this.pending.delete(id);
    clearTimeout(task?.timer);
    return task;
  }
}

function gone(): ConverterGone {
  return new ConverterGone('the converter went away');
}
