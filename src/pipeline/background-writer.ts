import { Logger } from '@nestjs/common';
import type { Clock } from '../jobs/clock.port.js';
import type { ImageRecord } from '../jobs/image-record.js';
import type { Job, Progress } from '../jobs/job.js';
import type { Stage } from '../jobs/job-states.js';
import type { JobStore } from '../jobs/job-store.port.js';

/** Facts wait this long for others, to be written together. */
const GATHER_MS = 50;
/** The least time between two writes of progress, and before a failed write is repeated. */
const PROGRESS_EVERY_MS = 1000;

/**
 * Writes image facts and progress in the background, so that no download waits for a disk, and an absent
 * store only delays the writing.
 */
export class BackgroundWriter {
  private readonly logger = new Logger(BackgroundWriter.name);
  private readonly images = new Map<string, ImageRecord>();
  private latest: { readonly stage: Stage; readonly progressOf: () => Progress } | null = null;
  private progressAtMs = -Infinity;
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<void> = Promise.resolve();
  private isClosed = false;

  constructor(
    private readonly job: Job,
    private readonly store: JobStore,
    private readonly clock: Clock,
  ) {}

  addImage(record: ImageRecord): void {
    this.images.set(record.urlHash, record);
    this.wake(GATHER_MS);
  }

  /** @param progressOf called when it is written: a run of many queries changes it far more often */
  setProgress(stage: Stage, progressOf: () => Progress): void {
    this.latest = { stage, progressOf };
    this.wake(GATHER_MS);
  }

  /** Writes everything now. @throws AppError of the store */
  async flush(): Promise<void> {
    await this.writing;
    await this.writeImages();
    await this.writeProgress();
  }

  /** Writes everything now if the store is there. */
  async tryFlush(): Promise<void> {
    try {
      await this.flush();
    } catch (error) {
      this.warn(error);
    }
  }

  /** Stops writing; waits for a write in progress. */
  async close(): Promise<void> {
    this.isClosed = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.writing;
  }

  private wake(inMs: number): void {
    if (this.isClosed || this.timer !== null) return;
    this.timer = setTimeout(() => {
      this.writing = this.writeDue();
    }, inMs);
  }

  private async writeDue(): Promise<void> {
    const sinceProgressMs = this.clock.monotonicMs() - this.progressAtMs;
    let nextMs = GATHER_MS;
    try {
      await this.writeImages();
      if (sinceProgressMs >= PROGRESS_EVERY_MS) await this.writeProgress();
      else nextMs = PROGRESS_EVERY_MS - sinceProgressMs;
    } catch (error) {
      nextMs = PROGRESS_EVERY_MS;
      this.warn(error);
    }
    this.timer = null;
    if (this.images.size > 0) this.wake(Math.min(nextMs, PROGRESS_EVERY_MS));
    else if (this.latest !== null) this.wake(nextMs);
  }

  private warn(error: unknown): void {
    this.logger.warn({ err: error, jobId: this.job.id }, 'facts of a run could not be written now');
  }

  private async writeImages(): Promise<void> {
    const batch = [...this.images.values()];
    if (batch.length === 0) return;
    await this.store.saveImages(this.job.id, batch);
    for (const record of batch)
      if (this.images.get(record.urlHash) === record) this.images.delete(record.urlHash);
  }

  private async writeProgress(): Promise<void> {
    const { latest } = this;
    if (latest === null) return;
    await this.store.saveProgress(this.job.id, this.job.epoch, latest.stage, latest.progressOf());
    this.progressAtMs = this.clock.monotonicMs();
    if (this.latest === latest) this.latest = null;
  }
}
