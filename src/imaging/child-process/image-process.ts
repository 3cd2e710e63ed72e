import { type ChildProcess, spawn } from 'node:child_process';
import { AppError } from '../../jobs/app-error.js';
import type { ImageMemory } from '../image-memory.js';
import type { ImageProgram } from './image-program.js';
import type { Message } from './message-frames.js';
import { readProcessMessage } from './process-message.js';
import { ProcessPipe, STDIO } from './process-pipe.js';

const MAX_HEAP_MB = 64;
const YOUNG_HEAP_MB = 8;
const START_DEADLINE_MS = 20_000;
/** Longer than any image may have to wait: the wait ends by itself when the images before it end. */
const WAIT_DEADLINE_MS = 300_000;

/** The process went away while it handled the image, whether or not that image was the cause. */
export class ImageProcessGone extends Error {
  override readonly name = 'ImageProcessGone';

  constructor(part: string) {
    super(`the ${part} went away`);
  }
}

interface Pending<Result> {
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: Error) => void;
  /** Aborts when the image is finished, for any reason. */
  readonly over: AbortController;
  timer: NodeJS.Timeout;
  lease: Disposable | null;
}

/**
 * A child process in which native code handles hostile bytes. It handles several images at a time, and leases
 * memory for the large ones. After any failure it is ended and not used again.
 */
export class ImageProcess<Task extends object, Result> {
  private readonly child: ChildProcess;
  private readonly pipe: ProcessPipe;
  private readonly pending = new Map<number, Pending<Result>>();
  private lastId = 0;
  private hasStarted = false;
  private hasEnded = false;

  /** @param memory shared by all processes for images */
  constructor(
    private readonly program: ImageProgram<Result>,
    private readonly memory: ImageMemory,
  ) {
    const nodeOptions = [
      `--max-old-space-size=${MAX_HEAP_MB}`,
      `--max-semi-space-size=${YOUNG_HEAP_MB}`,
      '--disable-warning=ExperimentalWarning',
    ];
    this.child = spawn(process.execPath, [...nodeOptions, program.script], {
      // Pass nothing of the service's environment: hostile bytes are decoded here, so no secret may be here.
      env: { MALLOC_ARENA_MAX: '2' },
      stdio: [...STDIO],
    });
    this.child.on('error', (error) => this.fail(error));
    const maxBytes = Math.min(program.maxAnswerBytes, memory.totalBytes);
    this.pipe = new ProcessPipe(this.child, maxBytes, {
      onMessage: (message) => this.receive(message),
      onEnd: () => this.fail(),
    });
    this.rest();
  }

  /** Whether the process can take work. */
  get isAlive(): boolean {
    return !this.hasEnded;
  }

  /**
   * Handles one image, beside others.
   * @throws the program's refusal; ImageProcessGone; AppError `internal.unexpected` if the process could not
   *   even start
   */
  async run(task: Task): Promise<Result> {
    if (this.hasEnded) throw new ImageProcessGone(this.program.name);
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    const id = (this.lastId += 1);
    const timer = this.timerFor(id, this.program.deadlineMs + (this.hasStarted ? 0 : START_DEADLINE_MS));
    this.pending.set(id, { resolve, reject, over: new AbortController(), timer, lease: null });
    this.child.ref();
    this.pipe.ref();
    this.pipe.send({ ...task, id });
    return promise.finally(() => this.rest());
  }

  /** Ends the process at once; unfinished images throw ImageProcessGone. */
  end(): void {
    this.endWith(new ImageProcessGone(this.program.name));
  }

  private fail(cause?: Error): void {
    const { name } = this.program;
    this.endWith(
      this.hasStarted
        ? new ImageProcessGone(name)
        : new AppError('internal.unexpected', { part: name }, cause),
    );
  }

  private endWith(reason: Error): void {
    this.hasEnded = true;
    this.child.kill('SIGKILL');
    for (const id of this.pending.keys()) this.takePending(id)?.reject(reason);
  }

  private receive(message: Message): void {
    const said = readProcessMessage(message);
    if (said === null) return this.fail();
    switch (said.kind) {
      case 'ready':
        this.hasStarted = true;
        return;
      case 'needs':
        return void this.makeRoom(said.id, said.bytes).catch((error: Error) => this.fail(error));
      case 'rests':
        return this.letRest(said.id);
      case 'refused':
        return this.takePending(said.id)?.reject(this.program.refusal(said.message));
      case 'done':
        return this.settle(said.id, this.program.read(said.answer));
    }
  }

  private settle(id: number, result: Result | Error | null): void {
    if (result === null) return this.fail();
    const task = this.takePending(id);
    if (result instanceof Error) task?.reject(result);
    else task?.resolve(result);
  }

  /** Tells the process that there is memory for an image, or that there never will be. */
  private async makeRoom(id: number, bytes: number): Promise<void> {
    this.letRest(id);
    const task = this.pending.get(id);
    const isThere = bytes <= this.memory.totalBytes;
    if (task === undefined) return;
    if (isThere) {
      const lease = await leaseFor(task, this.memory, bytes);
      if (lease === null) return;
      task.lease = lease;
    }
    clearTimeout(task.timer);
    task.timer = this.timerFor(id, this.program.deadlineMs);
    this.pipe.send({ kind: 'room', id, isThere });
  }

  private letRest(id: number): void {
    const task = this.pending.get(id);
    if (task === undefined) return;
    task.lease?.[Symbol.dispose]();
    task.lease = null;
    clearTimeout(task.timer);
    task.timer = this.timerFor(id, WAIT_DEADLINE_MS);
  }

  private timerFor(id: number, ms: number): NodeJS.Timeout {
    return setTimeout(() => this.giveUp(id), ms);
  }

  /** Native code cannot be cancelled, so the process has to end. */
  private giveUp(id: number): void {
    if (this.hasStarted) this.takePending(id)?.reject(this.program.refusal(this.program.tookTooLong));
    this.fail();
  }

  private takePending(id: number): Pending<Result> | undefined {
    const task = this.pending.get(id);
    this.pending.delete(id);
    clearTimeout(task?.timer);
    task?.over.abort();
    task?.lease?.[Symbol.dispose]();
    return task;
  }

  /** An idle process does not keep the service alive. */
  private rest(): void {
    if (this.pending.size > 0) return;
    this.child.unref();
    this.pipe.unref();
  }
}

/** @returns null if the image was finished before there was memory */
async function leaseFor(
  { over }: Pick<Pending<unknown>, 'over'>,
  memory: ImageMemory,
  bytes: number,
): Promise<Disposable | null> {
  try {
    const lease = await memory.lease(bytes, over.signal);
    if (!over.signal.aborted) return lease;
    lease[Symbol.dispose]();
    return null;
  } catch (error) {
    if (over.signal.aborted) return null;
    throw error;
  }
}
