import { Injectable } from '@nestjs/common';
import type { Candidate } from '../../jobs/candidate.js';
import type { JobId } from '../../jobs/job.js';
import { EnginePreviews } from './engine-previews.js';
import { Rejection } from '../../jobs/rejection.js';
import type { Wanted } from '../attempts/download-task.js';
import { likeliestOf } from './likeliest.js';
import { imagesOfPage } from './page-images.js';
import { PageReader } from './page-reader.js';

/** Maximum images tried per page. */
const MAX_TRIED = 5;
/** The images that the page of a candidate offers. */
export interface FoundOnPage {
  readonly wanted: Wanted;
  /** Addresses, the likeliest first. */
  readonly others: readonly string[];
}

/**
 * Finds an original through its page alone: the image that looks like the engine's preview is the original.
 */
@Injectable()
export class PageOriginals {
  constructor(
    private readonly reader: PageReader,
    private readonly previews: EnginePreviews,
  ) {}

  /**
   * @returns requirements and addresses; null if there is nothing to look for or to try
   * @throws Rejection why the page or the preview could not be had; AppError `disk.full`,
   *   `disk.not_writable`; the signal's reason
   */
  async find(candidate: Candidate, jobId: JobId, signal: AbortSignal): Promise<FoundOnPage | null> {
    const { pageUrl, previewUrl } = candidate;
    if (pageUrl === null || previewUrl === null) return null;
    const [page, wanted] = await Promise.all([
      this.reader.read(pageUrl, signal),
      this.wantedFor(previewUrl, jobId, signal),
    ]);
    const { images, isOptedOut } = imagesOfPage(page.text, page.url);
    if (isOptedOut) throw new Rejection('opted_out', 'page');
    return wanted === null ? null : { wanted, others: likeliestOf(images, candidate, MAX_TRIED) };
  }

  private async wantedFor(previewUrl: string, jobId: JobId, signal: AbortSignal): Promise<Wanted | null> {
    const preview = await this.previews.lookAt(previewUrl, jobId, signal);
    // Engines never enlarge, so an image no larger than the preview is also a preview.
    return preview === null ? null : { features: preview.features, leastPx: preview.longestPx + 1 };
  }
}
