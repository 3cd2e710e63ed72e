import type { ImageRecord } from '../../jobs/image-record.js';
import type { CollectObserver } from '../collect-observer.js';
import type { ImageIntake, IntakeJob, IntakeOrder } from '../judging/image-intake.js';
import type { Place } from '../judging/kept-images.js';
import { type NextStep, type RetryPlan, stepAfter } from './next-step.js';
import type { FoundOnPage, PageOriginals } from '../originals/page-originals.js';
import { refererFor } from '../fetching/referer.js';
import { Rejection } from '../../jobs/rejection.js';
import { type ImageTask, nextFallback, type PageTask, type DownloadTask } from './download-task.js';

/** What one attempt came to. */
export type AttemptResult =
  | NextStep
  | { readonly kind: 'kept'; readonly place: Place; readonly thumbnail: Buffer }
  /** There were enough meanwhile. */
  | { readonly kind: 'left' };

/** Who is told how an attempt goes, and what ends it. */
export type AttemptWatch = Pick<IntakeOrder, 'signal' | 'onBytes' | 'onDownloaded' | 'onLost'>;

/** What attempts are made with. */
export interface AttemptParts {
  readonly intake: ImageIntake;
  readonly pages: PageOriginals;
  readonly plan: RetryPlan;
  readonly observer: Pick<CollectObserver, 'onResolved'>;
}

/** Makes one attempt for a candidate: its image, or a look at its page. */
export class Attempts {
  /** Hosts that refused without the page and answered with it. */
  private readonly wantReferer = new Set<string>();

  constructor(
    private readonly parts: AttemptParts,
    private readonly job: IntakeJob,
    /** Addresses of images that have been tried, or will be. */
    private readonly tried: ReadonlySet<string>,
  ) {}

  /** @throws AppError `disk.full`, `disk.not_writable`; what the observer throws; the signal's reason */
  async make(task: DownloadTask, watch: AttemptWatch): Promise<AttemptResult> {
    if (task.kind === 'page') return this.searchPage(task, watch);
    const asked = this.wantReferer.has(task.host) ? { ...task, withReferer: true } : task;
    try {
      return await this.bring(asked, watch);
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      this.job.unknownFailures.note(error);
      return stepAfter(asked, error, this.parts.plan);
    }
  }

  private async bring(task: ImageTask, watch: AttemptWatch): Promise<AttemptResult> {
    const { record, url, host, fallbacks, withReferer } = task;
    const referer = withReferer ? refererFor(record.candidate.pageUrl, url) : null;
    // The record says which address is tried before it is asked, here as everywhere.
    if (fallbacks !== null) await this.parts.observer.onResolved(record);
    const brought = await this.parts.intake.bring(this.job, {
      ...watch,
      record,
      url,
      host,
      referer,
      wanted: fallbacks?.wanted ?? null,
      onDownloaded: () => {
        if (referer !== null) this.wantReferer.add(host);
        watch.onDownloaded();
      },
    });
    return brought === null ? { kind: 'left' } : { kind: 'kept', ...brought };
  }

  private async searchPage({ record, why }: PageTask, watch: AttemptWatch): Promise<AttemptResult> {
    const found = await this.imagesOn(record, watch);
    const others = found?.others.filter((url) => !this.tried.has(url)) ?? [];
    const task = found === null ? null : nextFallback({ record, why, wanted: found.wanted, others });
    if (task === null) return { kind: 'rejected', record, rejection: why };
    return { kind: 'again', task, waitMs: 0, pausesHost: false };
  }

  private async imagesOn(record: ImageRecord, { signal }: AttemptWatch): Promise<FoundOnPage | null> {
    try {
      return await this.parts.pages.find(record.candidate, this.job.jobId, signal);
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      this.job.unknownFailures.note(error);
      // Why the original could not be had says more than why its page did not help.
      return null;
    }
  }
}
