import type { ImageMemory } from '../image-memory.js';
import { ImageProcess, ImageProcessGone } from './image-process.js';
import type { ImageProgram } from './image-program.js';

interface Order<Task, Result> {
  readonly task: Task;
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
  /** It was in a process that crashed, so it is tried once more with no other image beside it. */
  isSuspect: boolean;
}

/**
 * Runs a program for images in a child process, several images at a time. Native code that crashes on hostile
 * bytes ends that process, never the service. The images that were in it are then tried one by one, so that
 * only the image that crashes the program is refused.
 */
export class ImageWorker<Task extends object, Result> {
  private readonly waiting: Order<Task, Result>[] = [];
  private readonly running = new Set<Order<Task, Result>>();
  private process: ImageProcess<Task, Result> | null = null;
  private idleTimer: NodeJS.Timeout | undefined;
  private isStopped = false;

  /** @param memory shared by all processes for images */
  constructor(
    private readonly program: ImageProgram<Result>,
    private readonly memory: ImageMemory,
  ) {}

  /**
   * Handles one image.
   * @throws the program's refusal; ImageProcessGone after `stop`; the signal's reason; AppError `internal.unexpected`
   *   if the process cannot start at all
   */
  async run(task: Task, signal: AbortSignal): Promise<Result> {
    signal.throwIfAborted();
    if (this.isStopped) throw this.gone();
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    const order = { task, resolve, reject, isSuspect: false };
    const giveUp = (): void => {
      // An image in the process runs to its end and its result is dropped: it is short, and a new process
      // costs more.
      if (this.waiting.includes(order)) this.waiting.splice(this.waiting.indexOf(order), 1);
      reject(signal.reason);
    };
    signal.addEventListener('abort', giveUp, { once: true });
    this.waiting.push(order);
    this.startOrders();
    try {
      return await promise;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  /** Ends the process at once and for good: all unfinished images throw ImageProcessGone. */
  stop(): void {
    this.isStopped = true;
    for (const { reject } of this.waiting.splice(0)) reject(this.gone());
    this.endProcess();
  }

  private startOrders(): void {
    clearTimeout(this.idleTimer);
    for (let order = this.next(); order !== null; order = this.next()) void this.handle(order);
    if (this.running.size > 0) return;
    this.idleTimer = setTimeout(() => this.endProcess(), this.program.idleMs);
    this.idleTimer.unref();
  }

  /** Suspects come first and alone. */
  private next(): Order<Task, Result> | null {
    const [order] = this.waiting;
    const mustBeAlone = order?.isSuspect === true || [...this.running].some((one) => one.isSuspect);
    if (order === undefined || this.running.size >= (mustBeAlone ? 1 : this.program.atATime)) return null;
    this.waiting.shift();
    this.running.add(order);
    return order;
  }

  private async handle(order: Order<Task, Result>): Promise<void> {
    try {
      order.resolve(await this.liveProcess().run(order.task));
    } catch (error) {
      if (!(error instanceof ImageProcessGone) || this.isStopped) order.reject(error);
      else if (order.isSuspect) order.reject(this.program.refusal(this.program.crashed));
      else this.waiting.unshift(Object.assign(order, { isSuspect: true }));
    } finally {
      this.running.delete(order);
      this.startOrders();
    }
  }

  private liveProcess(): ImageProcess<Task, Result> {
    if (this.process?.isAlive !== true) this.process = new ImageProcess(this.program, this.memory);
    return this.process;
  }

  private endProcess(): void {
    clearTimeout(this.idleTimer);
    this.process?.end();
    this.process = null;
  }

  private gone(): ImageProcessGone {
    return new ImageProcessGone(this.program.name);
  }
}
