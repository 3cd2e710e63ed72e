import { rm, writeFile } from 'node:fs/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Candidate } from '../../jobs/candidate.js';
import type { JobId } from '../../jobs/job.js';
import { onDisk } from '../../jobs/disk-error.js';
import { DOWNLOAD_LIMITS_TOKEN, type DownloadLimits } from '../download-limits.js';
import { ImageChecker } from '../image-checker.js';
import { ImageFetcher } from '../image-fetcher.js';
import { Rejection } from '../rejection.js';
import type { Wanted } from '../ticket.js';
import { WorkFolder } from '../work-folder.js';
import { likeliestOf } from './likeliest.js';
import { imagesOfPage } from './page-images.js';
import { PageReader } from './page-reader.js';
import { bytesInDataUrl } from './data-url.js';

/** So many images of a page are tried at most. */
const MAX_TRIED = 5;
/** What the page of a candidate offers. */
export interface FoundOnPage {
  readonly wanted: Wanted;
  /** Addresses, the likeliest first. */
  readonly others: readonly string[];
}

/**
 * The way to an original that needs nothing from an engine but thumbnail and page: the page's images, of which
 * the one that looks like the thumbnail is the original.
 */
@Injectable()
export class PageOriginals {
  constructor(
    private readonly reader: PageReader,
    private readonly fetcher: ImageFetcher,
    private readonly checker: ImageChecker,
    private readonly folder: WorkFolder,
    @Inject(DOWNLOAD_LIMITS_TOKEN) private readonly limits: Pick<DownloadLimits, 'pageDeadlineMs'>,
  ) {}

  /**
   * @returns what to look for and where; null where there is nothing to look for or to try
   * @throws Rejection why the page or the thumbnail could not be had; AppError `disk.full`, `disk.not_writable`;
   *   the signal's reason
   */
  async find(candidate: Candidate, jobId: JobId, signal: AbortSignal): Promise<FoundOnPage | null> {
    const { pageUrl, thumbnailUrl } = candidate;
    if (pageUrl === null || thumbnailUrl === null) return null;
    const [page, wanted] = await Promise.all([
      this.reader.read(pageUrl, signal),
      this.lookOf(thumbnailUrl, jobId, signal),
    ]);
    const { images, isOptedOut } = imagesOfPage(page.text, page.url);
    if (isOptedOut) throw new Rejection('opted_out', 'page');
    return wanted === null ? null : { wanted, others: likeliestOf(images, candidate, MAX_TRIED) };
  }

  private async lookOf(thumbnailUrl: string, jobId: JobId, signal: AbortSignal): Promise<Wanted | null> {
    const path = this.folder.newPartPath(jobId);
    try {
      await this.bringThumbnail(thumbnailUrl, path, signal);
      const { look, width, height } = await this.checker.lookAt(path, signal);
      // Engines never enlarge: what is no larger than the thumbnail is a thumbnail too.
      return look === null ? null : { look, leastPx: Math.max(width, height) + 1 };
    } finally {
      await rm(path, { force: true });
    }
  }

  private async bringThumbnail(url: string, path: string, signal: AbortSignal): Promise<void> {
    const bytes = bytesInDataUrl(url);
    if (bytes !== null) return onDisk(() => writeFile(path, bytes, { mode: 0o600 }));
    const within = AbortSignal.any([signal, AbortSignal.timeout(this.limits.pageDeadlineMs)]);
    const order = { url, referer: null, account: { take: () => undefined } };
    try {
      await this.fetcher.fetch(order, path, within);
    } catch (error) {
      signal.throwIfAborted();
      throw within.aborted ? new Rejection('timeout', 'thumbnail', null, error) : error;
    }
  }
}
