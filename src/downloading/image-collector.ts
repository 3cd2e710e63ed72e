import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS_TOKEN, type Settings } from '../config/settings.js';
import { Clock } from '../jobs/clock.port.js';
import type { ImageRecord } from '../jobs/image-record.js';
import type { JobId } from '../jobs/job.js';
import { CandidateSource } from './candidate-source.js';
import type { CollectObserver } from './collect-observer.js';
import { Collection } from './collection.js';
import { DOWNLOAD_LIMITS_TOKEN, type DownloadLimits } from './download-limits.js';
import { ImageIntake } from './image-intake.js';
import { WorkFolder } from './work-folder.js';

/** What is to be collected. */
export interface CollectOrder {
  readonly jobId: JobId;
  /** How many good images are wanted. */
  readonly count: number;
  /**
   * Facts of an earlier run: kept images whose file is there count without a download, those whose file is
   * gone are downloaded again, rejected ones are not tried again, found ones come among the candidates.
   */
  readonly known: readonly ImageRecord[];
}

/** What was collected. */
export interface Collected {
  /** Kept outcomes only, by ascending position, at most as many as ordered; each has its file in the WorkFolder. */
  readonly kept: readonly ImageRecord[];
}

/** Candidates in, exactly the ordered number of good images out, or fewer where candidates end. */
@Injectable()
export class ImageCollector {
  constructor(
    private readonly intake: ImageIntake,
    private readonly folder: WorkFolder,
    private readonly clock: Clock,
    @Inject(DOWNLOAD_LIMITS_TOKEN) private readonly limits: DownloadLimits,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
  ) {}

  /**
   * Pulls candidates only as far as they are needed and downloads many at a time. Ends as soon as there are
   * enough, with everything else cut off; `candidates` is then closed, without waiting for one that is being
   * pulled.
   * @throws AppError `disk.full`, `disk.not_writable`; what `candidates` or the observer throws; the signal's
   *   reason. No part of a file is left in any case.
   */
  async collect(
    candidates: AsyncIterable<ImageRecord>,
    order: CollectOrder,
    observer: CollectObserver,
    signal: AbortSignal,
  ): Promise<Collected> {
    signal.throwIfAborted();
    await this.folder.prepare(order.jobId);
    const { intake, clock, limits, settings } = this;
    const parts = { intake, clock, limits, settings, random: Math.random };
    const source = new CandidateSource(candidates);
    const collection = new Collection(parts, order, source, observer, signal);
    await this.resume(collection, order);
    return { kept: await collection.run() };
  }

  private async resume(collection: Collection, { jobId, known }: CollectOrder): Promise<void> {
    for (const record of known.toSorted((one, other) => one.position - other.position)) {
      const { outcome } = record;
      if (outcome.status === 'rejected') collection.ignore(record);
      if (outcome.status !== 'kept') continue;
      if (await this.folder.has(jobId, outcome.file)) collection.adopt(record);
      else collection.admit(record);
    }
  }
}
