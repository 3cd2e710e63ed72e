import { rm } from 'node:fs/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Candidate } from '../../jobs/candidate.js';
import type { JobId } from '../../jobs/job.js';
import { DOWNLOAD_LIMITS_TOKEN, type DownloadLimits } from '../download-limits.js';
import { ImageChecker } from '../judging/image-checker.js';
import { ImageFetcher } from '../fetching/image-fetcher.js';
import type { Features } from '../../imaging/similarity/features.js';
import { type Resemblance, resemblanceOf } from '../../imaging/similarity/resemblance.js';
import { Rejection } from '../../jobs/rejection.js';
import type { SeenImage } from '../judging/seen-image.js';
import type { UnknownFailures } from '../attempts/unknown-failures.js';
import { WorkFolder } from '../work-folder.js';

/** After this many failures in one job, no more previews of a host are requested. */
const MOST_FAILURES = 3;

/** State that the previews of one job share. */
export interface PreviewJob {
  readonly jobId: JobId;
  /** The number of failures per host. */
  readonly previewFailures: Map<string, number>;
  readonly unknownFailures: UnknownFailures;
}

/** Features and size of a preview. */
export interface Preview {
  readonly features: Features;
  readonly longestPx: number;
}

/** The small previews that engines show with their results: they tell how an original has to look. */
@Injectable()
export class EnginePreviews {
  constructor(
    private readonly fetcher: ImageFetcher,
    private readonly checker: ImageChecker,
    private readonly folder: WorkFolder,
    @Inject(DOWNLOAD_LIMITS_TOKEN)
    private readonly limits: Pick<DownloadLimits, 'pageDeadlineMs' | 'previewDeadlineMs'>,
  ) {}

  /**
   * @returns null if the preview cannot be compared
   * @throws Rejection why it could not be had; AppError `disk.full`, `disk.not_writable`; the signal's reason
   */
  async lookAt(
    url: string,
    jobId: JobId,
    signal: AbortSignal,
    withinMs = this.limits.pageDeadlineMs,
  ): Promise<Preview | null> {
    const path = this.folder.newPartPath(jobId);
    try {
      await this.bring(url, path, signal, withinMs);
      const { features, width, height } = await this.checker.featuresIn(path, signal);
      return features === null ? null : { features, longestPx: Math.max(width, height) };
    } finally {
      await rm(path, { force: true });
    }
  }

  /**
   * Whether an image is the picture that its engine showed.
   * @returns `unclear` also if there is no preview or it cannot be had soon
   * @throws AppError `disk.full`, `disk.not_writable`; the signal's reason
   */
  async compare(
    { features }: Pick<SeenImage, 'features'>,
    { previewUrl, claimed }: Pick<Candidate, 'previewUrl' | 'claimed'>,
    { jobId, previewFailures, unknownFailures }: PreviewJob,
    signal: AbortSignal,
  ): Promise<Resemblance> {
    if (features === null || previewUrl === null) return 'unclear';
    const host = URL.canParse(previewUrl) ? new URL(previewUrl).host : '';
    const failures = previewFailures.get(host) ?? 0;
    if (failures >= MOST_FAILURES) return 'unclear';
    try {
      const preview = await this.lookAt(previewUrl, jobId, signal, this.limits.previewDeadlineMs);
      const aspect = claimed === null ? null : claimed.width / claimed.height;
      return preview === null ? 'unclear' : resemblanceOf(features, preview.features, aspect);
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      unknownFailures.note(error);
      previewFailures.set(host, failures + 1);
      return 'unclear';
    }
  }

  private async bring(url: string, path: string, signal: AbortSignal, withinMs: number): Promise<void> {
    const within = AbortSignal.any([signal, AbortSignal.timeout(withinMs)]);
    const order = { url, referer: null, account: { spend: () => undefined } };
    try {
      await this.fetcher.fetch(order, path, within);
    } catch (error) {
      signal.throwIfAborted();
      throw within.aborted ? new Rejection('timeout', 'thumbnail', null, error) : error;
    }
  }
}
