import { Logger } from '@nestjs/common';
import { isAppError } from '../jobs/app-error.js';
import type { ImageRecord } from '../jobs/image-record.js';

const logger = new Logger('ImageCollector');

/** Handlers for the result of a pull. */
export interface PullHandlers {
  onCandidate(record: ImageRecord): void;
  onEnd(): void;
  /** Called only while candidates are wanted; a search that fails later simply ends. */
  onError(error: unknown): void;
  /** Whether more candidates are wanted. */
  areWanted(): boolean;
}

/** Pulls candidates one at a time, never before they are needed. */
export class CandidateSource {
  private readonly iterator: AsyncIterator<ImageRecord>;
  private isRunning = false;
  private hasEnded = false;

  constructor(candidates: AsyncIterable<ImageRecord>) {
    this.iterator = candidates[Symbol.asyncIterator]();
  }

  /** Whether a pull is running. */
  get isPulling(): boolean {
    return this.isRunning && !this.hasEnded;
  }

  /** Whether there are no more candidates. */
  get isDone(): boolean {
    return this.hasEnded;
  }

  /**
   * Pulls the next candidate, unless a pull is running or there are no more. @throws what the handlers throw
   */
  async pull(handlers: PullHandlers): Promise<void> {
    if (this.isRunning || this.hasEnded) return;
    this.isRunning = true;
    const step = await this.next();
    this.isRunning = false;
    // The source was closed meanwhile: a late candidate is not wanted and stays `found`.
    if (this.hasEnded) return 'error' in step ? logLate(step.error) : undefined;
    if ('error' in step) this.fail(step.error, handlers);
    else if (step.done === true) this.end(handlers);
    else handlers.onCandidate(step.value);
  }

  private async next(): Promise<IteratorResult<ImageRecord, unknown> | { readonly error: unknown }> {
    try {
      return await this.iterator.next();
    } catch (error) {
      return { error };
    }
  }

  private fail(error: unknown, handlers: PullHandlers): void {
    if (!handlers.areWanted()) {
      logLate(error);
      return this.end(handlers);
    }
    this.hasEnded = true;
    handlers.onError(error);
  }

  private end(handlers: PullHandlers): void {
    this.hasEnded = true;
    handlers.onEnd();
  }

  /**
   * Closes the source early. Does not wait for a running pull: the source closes when that pull ends. Only
   * logs a failure to close, since the collected images are good all the same.
   */
  async close(): Promise<void> {
    if (this.hasEnded) return;
    this.hasEnded = true;
    const closed = Promise.resolve(this.iterator.return?.()).catch((error: unknown) =>
      logger.warn({ err: error }, 'a search could not be closed'),
    );
    if (!this.isRunning) await closed;
  }
}

function logLate(error: unknown): void {
  if (!endsTheRun(error)) logger.warn({ err: error }, 'a search that was not needed any more failed');
}

/** Whether a search ended because it or its job was told to end, which is no failure. */
function endsTheRun(error: unknown): boolean {
  const isTold = error instanceof Error && error.name === 'AbortError';
  return isTold || isAppError(error, 'job.cancelled', 'job.stopped', 'job.taken_over');
}
