import { Logger } from '@nestjs/common';
import { ChatFailure } from '../chat-failure.js';
import type { ChatPlatform, MessageRef } from '../chat-platform.port.js';
import { type Backoff, backoffMs } from '../../src/jobs/timing/backoff.js';
import { pauseOrStop } from '../../src/jobs/timing/pause.js';
import type { Reply } from '../conversation/reply.js';

const BACKOFF: Backoff = { firstMs: 2000, capMs: 60_000 };

/** A message and its new text. */
interface Waiting {
  readonly ref: MessageRef;
  readonly reply: Reply;
  /** Called once: after the edit, or when the edit is given up. Not called for texts that were replaced. */
  readonly settled: () => void;
}

/**
 * Edits the messages of one platform one by one, no faster than the platform allows. A newer text replaces a
 * waiting text of the same message, so the last text is always sent.
 */
export class EditQueue {
  private readonly logger = new Logger(EditQueue.name);
  private readonly waiting = new Map<string, Waiting>();
  private running: Promise<void> | null = null;
  private failures = 0;

  constructor(
    private readonly platform: ChatPlatform,
    private readonly signal: AbortSignal,
  ) {}

  /** Queues an edit. */
  offer(ref: MessageRef, reply: Reply, settled: () => void = () => {}): void {
    // Keep the place in the queue: a message that changes often must not wait for ever.
    this.waiting.set(keyOf(ref), { ref, reply, settled });
    this.running ??= this.run();
  }

  /** Resolves after the edit, or when it is given up (the message is gone, or the queue stops). */
  async settle(ref: MessageRef, reply: Reply): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.signal.addEventListener('abort', () => resolve(), { once: true });
    if (!this.signal.aborted) this.offer(ref, reply, resolve);
    else resolve();
    await promise;
  }

  /** Resolves when no edit is running. */
  async idle(): Promise<void> {
    await this.running;
  }

  private async run(): Promise<void> {
    for (let next = this.next(); next !== null; next = this.next()) {
      const waitMs = await this.edit(next);
      await pauseOrStop(waitMs, this.signal);
    }
    this.running = null;
  }

  private next(): Waiting | null {
    const [first] = this.waiting;
    if (first === undefined || this.signal.aborted) return null;
    this.waiting.delete(first[0]);
    return first[1];
  }

  /** @returns how long to wait before the next edit, in milliseconds */
  private async edit(waiting: Waiting): Promise<number> {
    try {
      await this.platform.edit(waiting.ref, waiting.reply, this.signal);
      this.failures = 0;
      waiting.settled();
      return this.platform.editEveryMs;
    } catch (error) {
      return this.waitAfter(error, waiting);
    }
  }

  private waitAfter(error: unknown, waiting: Waiting): number {
    const isPassing = error instanceof ChatFailure && (error.kind === 'later' || error.kind === 'unclear');
    if (!isPassing) {
      this.logger.warn({ err: error }, 'a progress message cannot be edited any more');
      waiting.settled();
      return this.platform.editEveryMs;
    }
    // An edit is safe to repeat, so repeat unclear edits too; a newer text goes first.
    const key = keyOf(waiting.ref);
    if (!this.waiting.has(key)) this.waiting.set(key, waiting);
    this.failures += 1;
    return Math.max(this.platform.editEveryMs, error.retryAfterMs ?? backoffMs(this.failures, BACKOFF));
  }
}

function keyOf({ conversation, message }: MessageRef): string {
  return `${conversation} ${message}`;
}
