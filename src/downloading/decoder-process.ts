import { type ChildProcess, fork } from 'node:child_process';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { AppError } from '../jobs/app-error.js';
import { errorCodeOf } from '../network/error-code.js';
import { readDecoderMessage } from './decoder-messages.js';
import type { Inspection } from './image-inspector.port.js';
import { Rejection } from './rejection.js';

/** Behind the service itself, so that pages and timers stay prompt while images are decoded. */
const NICENESS = 5;
const MAX_HEAP_MB = 64;
const START_DEADLINE_MS = 20_000;

/** The script the processes run: beside this file, compiled or not. */
const SCRIPT = fileURLToPath(
  new URL(`./decode-child${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`, import.meta.url),
);

/** One process that decodes one image at a time. A process that fails in any way is ended and not used again. */
export class DecoderProcess {
  private readonly child: ChildProcess;
  private settle: ((result: Inspection | Error) => void) | null = null;
  private hasStarted = false;
  private isAlive = true;

  /** @param onEnd called once when the process is gone or of no more use */
  constructor(
    private readonly decodeDeadlineMs: number,
    private readonly onEnd: () => void,
    script: string = SCRIPT,
  ) {
    this.child = fork(script, [], {
      // Nothing of the service's environment: no secret is where hostile bytes are decoded.
      env: { MALLOC_ARENA_MAX: '2' },
      execArgv: [
        `--max-old-space-size=${MAX_HEAP_MB}`,
        '--max-semi-space-size=1',
        '--disable-warning=ExperimentalWarning',
      ],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.child.on('message', (message) => this.receive(message));
    this.child.on('error', (error) => this.end(error));
    this.child.on('exit', () => this.end(null));
    this.lowerPriority();
    this.rest();
  }

  /**
   * Decodes one file; the process must be free.
   * @throws Rejection; AppError `internal.unexpected` when the process could not even start
   */
  async decode(path: string): Promise<Inspection> {
    const { promise, resolve } = Promise.withResolvers<Inspection | Error>();
    const timer = setTimeout(
      () => this.end(this.hasStarted ? new Rejection('broken_image', 'took too long to decode') : null),
      this.hasStarted ? this.decodeDeadlineMs : this.decodeDeadlineMs + START_DEADLINE_MS,
    );
    this.settle = resolve;
    this.wake();
    if (this.isAlive) this.child.send(path, (error) => error !== null && this.end(null));
    else this.end(null);
    const result = await promise;
    clearTimeout(timer);
    this.rest();
    if (result instanceof Error) throw result;
    return result;
  }

  /** Ends the process at once; an image in it counts as broken. */
  kill(): void {
    this.end(null);
  }

  private receive(message: unknown): void {
    const read = readDecoderMessage(message);
    if (read === null) return this.end(null);
    if (read.kind === 'ready') this.hasStarted = true;
    if (read.kind === 'decoded') this.answer(read.inspection);
    if (read.kind === 'refused') this.answer(read.rejection);
  }

  private answer(result: Inspection | Error): void {
    this.settle?.(result);
    this.settle = null;
  }

  private end(cause: Error | null): void {
    const wasAlive = this.isAlive;
    this.isAlive = false;
    this.child.kill('SIGKILL');
    this.answer(cause instanceof Rejection ? cause : this.failure(cause));
    if (wasAlive) this.onEnd();
  }

  private failure(cause: Error | null): Error {
    if (this.hasStarted)
      return new Rejection('broken_image', 'crashed the decoder', null, cause ?? undefined);
    return new AppError('internal.unexpected', { part: 'image decoder' }, cause ?? undefined);
  }

  private lowerPriority(): void {
    if (this.child.pid === undefined) return;
    try {
      setPriority(this.child.pid, NICENESS);
    } catch (error) {
      // The process may be gone already, which its exit event tells; anything else must be seen.
      if (errorCodeOf(error) !== 'ERR_SYSTEM_ERROR') throw error;
    }
  }

  /** A process without work does not keep the service from ending. */
  private rest(): void {
    this.child.unref();
    this.child.channel?.unref();
  }

  private wake(): void {
    this.child.ref();
    this.child.channel?.ref();
  }
}
