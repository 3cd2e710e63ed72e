import { Inject, Injectable } from '@nestjs/common';
import type { Settings } from '../config/settings.js';
import type { Filters } from '../jobs/request/filters.js';
import type { ImageRecord } from '../jobs/image-record.js';
import type { JobId } from '../jobs/job.js';
import { CandidateSource } from './candidate-source.js';
import type { CollectObserver } from './collect-observer.js';
import { Collection } from './collection.js';
import type { CollectionParts } from './collection-parts.js';
import { DeliveredImages } from './judging/delivered-images.js';
import { ImageIntake } from './judging/image-intake.js';
import { JobBudget } from './job-budget.js';
import { KeptImages, type Place } from './judging/kept-images.js';
import { PageOriginals } from './originals/page-originals.js';
import { RepeatedFiles } from './judging/repeated-files.js';
import { UnknownFailures } from './attempts/unknown-failures.js';
import { WorkFolder } from './work-folder.js';

/** One search of a job. */
export interface CollectedSearch {
  /** The number of good images wanted. */
  readonly count: number;
  /** Its results, pulled only as far as they are needed; each has the index of the search as its query. */
  readonly candidates: AsyncIterable<ImageRecord>;
}

/** An order for images. */
export interface CollectOrder {
  readonly jobId: JobId;
  /** The searches of the job, in order. */
  readonly searches: readonly CollectedSearch[];
  /** Filters; those that can be seen on an image are checked. */
  readonly filters: Filters;
  /** Whether engines' small previews may replace missing originals; absent: no. */
  readonly allowsPreviews?: boolean;
  /**
   * Records of an earlier run: kept images whose file exists count without a download, those whose file is
   * gone are downloaded again, rejected ones are not tried again, and found ones come among the candidates.
   */
  readonly known: readonly ImageRecord[];
  /** Images that the jobs before have delivered, which must not come again; absent: none. */
  readonly excluded?: readonly ImageRecord[];
}

/** The result of a collection. */
export interface Collected {
  /**
   * Kept images only, by ascending position, at most as many as ordered; each has its file in the WorkFolder.
   */
  readonly kept: readonly ImageRecord[];
}

/** Settings and limits of collections. */
export type CollectingParts = Pick<CollectionParts, 'clock' | 'limits'> & {
  readonly settings: Pick<Settings, 'downloadConcurrency' | 'downloadsPerHost' | 'maxJobBytes'>;
};

/** Nest injection token of the CollectingParts. */
export const COLLECTING_PARTS = Symbol('CollectingParts');

/** Turns candidates into the ordered number of good images, or fewer if candidates run out. */
@Injectable()
export class ImageCollector {
  constructor(
    private readonly intake: ImageIntake,
    private readonly pages: PageOriginals,
    private readonly folder: WorkFolder,
    @Inject(COLLECTING_PARTS) private readonly parts: CollectingParts,
  ) {}

  /**
   * Pulls only as many candidates as needed and downloads many at a time. Works on one search after the other; the next
   * one begins while the one before downloads its last images. A search ends once there are enough: everything else of
   * it is cut off and its candidates are closed without waiting for a running pull.
   * @throws AppError `disk.full`, `disk.not_writable`; what `candidates` throws before there are enough or
   *   the budget is spent; what the observer throws; the signal's reason. No part file is left in any case.
   */
  async collect(order: CollectOrder, observer: CollectObserver, signal: AbortSignal): Promise<Collected> {
    signal.throwIfAborted();
    await this.folder.prepare(order.jobId);
    const { jobId, filters, searches, allowsPreviews = false, excluded = [] } = order;
    const kept = new KeptImages(searches.map(({ count }) => count));
    const budget = new JobBudget(this.parts.settings.maxJobBytes);
    const repeated = new RepeatedFiles();
    const job = {
      jobId,
      filters,
      kept,
      delivered: await DeliveredImages.of(excluded),
      budget,
      repeated,
      previewFailures: new Map<string, number>(),
      unknownFailures: new UnknownFailures(jobId),
      allowsPreviews,
    };
    const removeImage = ({ file }: Place): Promise<void> => this.folder.removeImage(jobId, file);
    const parts = { ...this.parts, intake: this.intake, pages: this.pages, random: Math.random, removeImage };
    const sources = searches.map(({ candidates }) => new CandidateSource(candidates));
    const collection = new Collection(parts, job, sources, observer, signal);
    await this.resume(collection, order);
    return { kept: await collection.run() };
  }

  private async resume(collection: Collection, { jobId, known }: CollectOrder): Promise<void> {
    for (const record of known.toSorted((one, other) => one.position - other.position)) {
      const { outcome } = record;
      if (outcome.status === 'rejected') await collection.adopt(record);
      if (outcome.status !== 'kept') continue;
      if (await this.folder.has(jobId, outcome.file)) await collection.adopt(record);
      else collection.admit(record);
    }
  }
}
