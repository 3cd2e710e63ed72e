import { Injectable } from '@nestjs/common';
import type { ClaimedSize } from '../jobs/candidate.js';
import type { JobId } from '../jobs/job.js';
import { type CheckedImage, ImageChecker } from './image-checker.js';
import { type Fetched, ImageFetcher } from './image-fetcher.js';
import type { JobBudget } from './job-budget.js';
import type { KeptImages } from './kept-images.js';
import { Rejection } from './rejection.js';
import { WorkFolder } from './work-folder.js';

/** What one image is brought in for. */
export interface IntakeOrder {
  readonly jobId: JobId;
  readonly url: string;
  readonly claimed: ClaimedSize | null;
  readonly kept: KeptImages;
  readonly budget: JobBudget;
  readonly signal: AbortSignal;
  /** Called when the download is over and only the machine's own work is left. */
  onDownloaded(): void;
}

/** The way of one image: fetched, checked, and moved to its place among the kept. */
@Injectable()
export class ImageIntake {
  constructor(
    private readonly fetcher: ImageFetcher,
    private readonly checker: ImageChecker,
    private readonly folder: WorkFolder,
  ) {}

  /**
   * @returns the image that took a place, or null when there were enough meanwhile
   * @throws Rejection with the reason; AppError `disk.full`, `disk.not_writable`; the signal's reason
   */
  async bring(order: IntakeOrder): Promise<CheckedImage | null> {
    using account = order.budget.open();
    const partPath = this.folder.newPartPath(order.jobId);
    const fetched = await this.fetcher.fetch(order.url, partPath, account, order.signal);
    try {
      order.onDownloaded();
      const image = await this.check(fetched, order);
      if (!order.kept.takePlace()) return null;
      await fetched.part.moveTo(this.folder.pathOf(order.jobId, image.file));
      account.keep();
      return image;
    } finally {
      await fetched.part.discard();
    }
  }

  private async check(fetched: Fetched, { kept, claimed, signal }: IntakeOrder): Promise<CheckedImage> {
    if (!kept.claim(fetched.sha256)) throw new Rejection('exact_duplicate');
    const image = await this.checker.check(fetched, signal);
    const objection = kept.objectionTo(image.file, claimed);
    if (objection !== null) throw new Rejection(objection);
    return image;
  }
}
