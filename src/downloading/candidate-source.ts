import { Logger } from '@nestjs/common';
import { isAppError } from '../jobs/app-error.js';
import type { ImageRecord } from '../jobs/image-record.js';

const logger = new Logger('ImageCollector');

/** Who is told what a pull brought. */
export interface PullHandlers {
  onCandidate(record: ImageRecord): void;
  onEnd(): void;
  /** Called only while candidates are wanted: a search that fails later has cost nothing, and ends. */
  onError(error: unknown): void;
  /** Whether a candidate would still be taken. */
  areWanted(): boolean;
}

/** Pulls candidates one at a time, never before they are asked for. */
export class CandidateSource {
  private readonly iterator: AsyncIterator<ImageRecord>;
  private isPulling = false;
  private hasEnded = false;

  constructor(candidates: AsyncIterable<ImageRecord>) {
    this.iterator = candidates[Symbol.asyncIterator]();
  }

  /** Whether no more will come. */
  get isDone(): boolean {
    return this.hasEnded;
  }

  /** Pulls the next candidate, unless one is being pulled or there are no more. @throws what the handlers throw */
  async pull(handlers: PullHandlers): Promise<void> {
    if (this.isPulling || this.hasEnded) return;
    this.isPulling = true;
    const step = await this.next();
    this.isPulling = false;
    // Closed meanwhile: what still came is not wanted, and stays `found`.
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
   * Closes the source early. One that is being pulled is not waited for: it closes as soon as that pull ends.
   * A failure to close is logged, since what was collected is good all the same.
   */
  async close(): Promise<void> {
    if (this.hasEnded) return;
    this.hasEnded = true;
    const closed = Promise.resolve(this.iterator.return?.()).catch((error: unknown) =>
      logger.warn({ err: error }, 'a search could not be closed'),
    );
    if (!this.isPulling) await closed;
  }
}

function logLate(error: unknown): void {
  if (!endsTheRun(error)) logger.warn({ err: error }, 'a search that was not needed any more failed');
}

/** Whether a search ended because it was told to, or its job did: nothing has gone wrong then. */
function endsTheRun(error: unknown): boolean {
  const isTold = error instanceof Error && error.name === 'AbortError';
  return isTold || isAppError(error, 'job.cancelled', 'job.stopped', 'job.taken_over');
}
