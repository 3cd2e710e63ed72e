import type { Readable } from 'node:stream';
import { networkErrorOf } from './network-error.js';

/**
 * The body of an answer, to be read once or destroyed. It throws AppErrors for everything a host can do, so
 * an error of any other class is not the host's.
 */
export class AnswerBody implements AsyncIterable<Buffer> {
  /** @param signal ends the body with its reason */
  constructor(
    private readonly stream: Readable,
    private readonly signal: AbortSignal,
  ) {}

  /** @throws AppError of `networkErrorOf`; the signal's reason when it aborts */
  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer, void, void> {
    const chunks: AsyncIterable<Buffer> = this.stream;
    try {
      yield* chunks;
    } catch (error) {
      throw this.signal.aborted ? this.signal.reason : networkErrorOf(error);
    }
  }

  destroy(): void {
    this.stream.destroy();
  }
}
