import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AppError } from '../jobs/app-error.js';
import { readDecoderMessage } from './decoder-messages.js';
import type { Inspection } from './image-inspector.port.js';
import { Rejection } from './rejection.js';

const MAX_HEAP_MB = 64;
const START_DEADLINE_MS = 20_000;

/** The script the process runs: beside this file, compiled or not. */
const SCRIPT = fileURLToPath(
  new URL(`./decode-child${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`, import.meta.url),
);

/** The process went away with the image in it, whose fault that is or not. */
export class DecoderGone extends Error {
  constructor() {
    super('the decoder went away');
    this.name = 'DecoderGone';
  }
}

interface Pending {
  readonly resolve: (inspection: Inspection) => void;
  readonly reject: (reason: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** One process that decodes images. Once it has failed in any way it is ended and not used again. */
export class DecoderProcess {
  private readonly child: ChildProcess;
  private readonly pending = new Map<number, Pending>();
  private lastId = 0;
  private hasStarted = false;
  private hasEnded = false;

  constructor(
    private readonly decodeDeadlineMs: number,
    script: string = SCRIPT,
  ) {
    this.child = fork(script, [], {
      // Nothing of the service's environment: no secret is where hostile bytes are decoded.
      env: { MALLOC_ARENA_MAX: '2' },
      execArgv: [
        `--max-old-space-size=${MAX_HEAP_MB}`,
        '--max-semi-space-size=8',
        '--disable-warning=ExperimentalWarning',
      ],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.child.on('message', (message) => this.receive(message));
    this.child.on('error', (error) => this.end(error));
    this.child.on('exit', () => this.end());
    this.rest();
  }

  /** Whether it can be given work. */
  get isAlive(): boolean {
    return !this.hasEnded;
  }

  /**
   * Decodes one file, beside others.
   * @throws Rejection; DecoderGone; AppError `internal.unexpected` when the process could not even start
   */
  async decode(path: string): Promise<Inspection> {
    const { promise, resolve, reject } = Promise.withResolvers<Inspection>();
    const id = (this.lastId += 1);
    const deadlineMs = this.decodeDeadlineMs + (this.hasStarted ? 0 : START_DEADLINE_MS);
    const timer = setTimeout(() => this.giveUp(id), deadlineMs);
    this.pending.set(id, { resolve, reject, timer });
    this.child.ref();
    this.child.channel?.ref();
    // A failure to send is told by the exit that follows or caused it.
    this.child.send({ id, path }, () => undefined);
    return promise.finally(() => this.rest());
  }

  /** Ends the process at once. */
  kill(): void {
    this.end();
  }

  private receive(message: unknown): void {
    const read = readDecoderMessage(message);
    if (read === null) return this.end();
    if (read.kind === 'ready') {
      this.hasStarted = true;
      return;
    }
    const task = this.take(read.id);
    if (read.kind === 'decoded') task?.resolve(read.inspection);
    else task?.reject(read.rejection);
  }

  /** Native code cannot be called off: the process has to go. */
  private giveUp(id: number): void {
    if (this.hasStarted) this.take(id)?.reject(new Rejection('broken_image', 'took too long to decode'));
    this.end();
  }

  private end(cause?: Error): void {
    this.hasEnded = true;
    this.child.kill('SIGKILL');
    const reason = this.hasStarted
      ? new DecoderGone()
      : new AppError('internal.unexpected', { part: 'image decoder' }, cause);
    for (const id of this.pending.keys()) this.take(id)?.reject(reason);
  }

  private take(id: number): Pending | undefined {
    const task = this.pending.get(id);
    this.pending.delete(id);
    clearTimeout(task?.timer);
    return task;
  }

  /** A process without work does not keep the service from ending. */
  private rest(): void {
    if (this.pending.size > 0) return;
    this.child.unref();
    this.child.channel?.unref();
  }
}
