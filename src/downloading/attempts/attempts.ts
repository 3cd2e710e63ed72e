import type { ImageRecord } from '../../jobs/image-record.js';
import type { CollectObserver } from '../collect-observer.js';
import type { ImageIntake, IntakeJob, IntakeOrder } from '../judging/image-intake.js';
import type { Place } from '../judging/kept-images.js';
import { type NextStep, type RetryPlan, stepAfter } from './next-step.js';
import type { FoundOnPage, PageOriginals } from '../originals/page-originals.js';
import { refererFor } from '../fetching/referer.js';
import { Rejection } from '../../jobs/rejection.js';
import { type ImageTask, nextFallback, type PageTask, type DownloadTask } from './download-task.js';

/** The result of one attempt. */
export type AttemptResult =
  | NextStep
  | { readonly kind: 'kept'; readonly place: Place; readonly thumbnail: Buffer | null }
  /** Enough images were kept meanwhile. */
  | { readonly kind: 'left' };

/** Handlers of one attempt, and the signal that ends it. */
export type AttemptWatch = Pick<IntakeOrder, 'signal' | 'onBytes' | 'onDownloaded' | 'onLost'>;

/** Dependencies of all attempts. */
export interface AttemptParts {
  readonly intake: ImageIntake;
  readonly pages: PageOriginals;
  readonly plan: RetryPlan;
  readonly observer: Pick<CollectObserver, 'onResolved'>;
}

/** Makes one attempt for a candidate: downloads its image, or reads its page. */
export class Attempts {
  /** Hosts that refused without the page and answered when it was named. */
  private readonly wantReferer = new Set<string>();

  constructor(
    private readonly parts: AttemptParts,
    private readonly job: IntakeJob,
    /** Addresses of images that have been tried or will be. */
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
    const held = fallbacks === null ? await this.heldAt(task, watch) : null;
    if (held !== null) return held;
    const referer = withReferer ? refererFor(record.candidate.pageUrl, url) : null;
    // Record the address before it is requested, as everywhere else.
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

  /**
   * Looks whether another query has the image of an address. The earlier one keeps it.
   * @returns null if no query has it
   * @throws Rejection `exact_duplicate`
   */
  private async heldAt({ record, url }: ImageTask, watch: AttemptWatch): Promise<AttemptResult | null> {
    const { kept } = this.job;
    const before = kept.placeAt(url);
    if (before === null) return null;
    const place = kept.handOver(before, record);
    if (place === null) throw new Rejection('exact_duplicate', 'same address');
    await watch.onLost(before);
    return { kind: 'kept', place, thumbnail: null };
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
      // The reason of the original says more than why its page did not help.
      return null;
    }
  }
}
