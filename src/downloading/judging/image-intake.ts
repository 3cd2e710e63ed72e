import { Injectable } from '@nestjs/common';
import type { Filters } from '../../jobs/request/filters.js';
import type { ImageRecord } from '../../jobs/image-record.js';
import { EnginePreviews, type PreviewJob } from '../originals/engine-previews.js';
import type { DeliveredImages } from './delivered-images.js';
import { assertMeets } from './filter-check.js';
import { ImageChecker } from './image-checker.js';
import { type Fetched, ImageFetcher } from '../fetching/image-fetcher.js';
import type { JobBudget } from '../job-budget.js';
import type { KeptImages, Place } from './kept-images.js';
import { isSamePicture } from '../../imaging/similarity/same-picture.js';
import { Rejection } from '../../jobs/rejection.js';
import { isAboutClaim } from '../../jobs/rejection-reasons.js';
import type { RepeatedFiles } from './repeated-files.js';
import type { SeenImage } from './seen-image.js';
import { isDoubtful, type KnownToBe, placeholderRejection } from './placeholder.js';
import type { Wanted } from '../attempts/download-task.js';
import { WorkFolder } from '../work-folder.js';

/** State that the images of one job share. */
export interface IntakeJob extends PreviewJob {
  readonly filters: Filters;
  readonly kept: KeptImages;
  readonly delivered: DeliveredImages;
  readonly repeated: RepeatedFiles;
  readonly budget: JobBudget;
  /** Whether small previews may replace originals that cannot be had. */
  readonly allowsPreviews: boolean;
}

/** An order to download one image. */
export interface IntakeOrder {
  /** Its candidate has the address. */
  readonly record: ImageRecord;
  readonly url: string;
  readonly host: string;
  readonly referer: string | null;
  /** Requirements for the image; null: none. */
  readonly wanted: Wanted | null;
  readonly signal: AbortSignal;
  /** Called with the length of every chunk. */
  onBytes(bytes: number): void;
  /** Called when the download is complete and only local work is left. */
  onDownloaded(): void;
  /** Called for every image that has lost its place. */
  onLost(place: Place): Promise<void>;
}

/** An image that has taken a place. */
export interface Brought {
  readonly place: Place;
  /** Null if the file and its thumbnail are stored already: a later query had found the same. */
  readonly thumbnail: Buffer | null;
}

/** Downloads one image, checks it and moves it to its place among the kept images. */
@Injectable()
export class ImageIntake {
  constructor(
    private readonly fetcher: ImageFetcher,
    private readonly checker: ImageChecker,
    private readonly folder: WorkFolder,
    private readonly previews: EnginePreviews,
  ) {}

  /**
   * @returns the image that took a place, or null if enough images were kept meanwhile
   * @throws Rejection with the reason; AppError `disk.full`, `disk.not_writable`; the signal's reason
   */
  async bring(job: IntakeJob, order: IntakeOrder): Promise<Brought | null> {
    using account = job.budget.open();
    const spend = (bytes: number): void => {
      account.spend(bytes);
      order.onBytes(bytes);
    };
    const partPath = this.folder.newPartPath(job.jobId);
    const { url, referer, signal } = order;
    const fetched = await this.fetcher.fetch({ url, referer, account: { spend } }, partPath, signal);
    try {
      order.onDownloaded();
      const brought = await this.admit(fetched, job, order);
      if (brought === null || brought.thumbnail === null) return brought;
      await fetched.part.moveTo(this.folder.pathOf(job.jobId, brought.place.file));
      account.keep();
      return brought;
    } finally {
      await fetched.part.discard();
    }
  }

  /** Checks the bytes, unless another candidate has brought the same. */
  private async admit(fetched: Fetched, job: IntakeJob, order: IntakeOrder): Promise<Brought | null> {
    job.delivered.refuseBytes(fetched.sha256);
    const { claims } = job.kept;
    const claim = await claims.claim(fetched.sha256);
    if (claim === null) return repeated(fetched.sha256, job, order);
    let isKnown = false;
    try {
      const brought = await this.check(fetched, job, order);
      isKnown = brought !== null;
      return brought;
    } catch (error) {
      isKnown = error instanceof Rejection && !isAboutClaim(error.reason);
      throw error;
    } finally {
      claim.settle(isKnown);
    }
  }

  private async check(fetched: Fetched, job: IntakeJob, order: IntakeOrder): Promise<Brought | null> {
    const image = await this.checker.check(fetched, order.signal);
    const { candidate } = order.record;
    job.repeated.noteFirst(image, order.host, candidate.claimed);
    assertIs(image, order.wanted);
    const standIn = placeholderRejection(image, candidate.claimed, await this.knownToBe(image, job, order));
    if (standIn !== null) throw standIn;
    assertMeets(image, job.filters);
    job.delivered.refuseCopies(image.features);
    const taken = job.kept.keep(order.record, image.file, image.features);
    if (taken.kind === 'duplicate') throw new Rejection('near_duplicate');
    if (taken.kind === 'enough') return null;
    await Promise.all(taken.ousted.map((place) => order.onLost(place)));
    return { place: taken.place, thumbnail: image.thumbnail };
  }

  /**
   * @throws Rejection `placeholder` if the picture is not the one that the engine showed, e.g. a warning or
   *   an advert
   */
  private async knownToBe(image: SeenImage, job: IntakeJob, order: IntakeOrder): Promise<KnownToBe> {
    const { candidate } = order.record;
    if (order.wanted !== null || candidate.foundBy === 'thumbnail') return 'as_shown';
    const resemblance = isDoubtful(image, candidate.claimed)
      ? await this.previews.compare(image, candidate, job, order.signal)
      : 'unclear';
    if (resemblance === 'other') throw new Rejection('placeholder', 'another picture than the one found');
    if (resemblance === 'same') return 'as_shown';
    return job.repeated.hasOwnCards(order.host) ? 'its_own_card' : null;
  }
}

/**
 * Known bytes: they go to the earlier of two queries. If they prove to be a placeholder, their image loses its place.
 * @throws Rejection why they are not wanted again; the signal's reason
 */
async function repeated(sha256: string, job: IntakeJob, order: IntakeOrder): Promise<Brought> {
  job.repeated.noteRepeat(sha256, order.host, order.record.candidate.claimed);
  if (!job.repeated.isPlaceholder(sha256, order.host)) return handedOver(sha256, job, order);
  // Once there are enough, no image loses its place, since no other one would take it.
  order.signal.throwIfAborted();
  const why = new Rejection('placeholder', 'same file for many addresses');
  const place = job.kept.lose(sha256, why);
  if (place !== null) await order.onLost(place);
  throw why;
}

/** @throws Rejection `exact_duplicate`, or `another_picture` than the one wanted of a page */
async function handedOver(sha256: string, job: IntakeJob, order: IntakeOrder): Promise<Brought> {
  order.signal.throwIfAborted();
  const before = job.kept.placeOf(sha256);
  if (before === null) throw new Rejection('exact_duplicate');
  const { width, height } = before.file;
  assertIs({ features: before.features, width, height }, order.wanted);
  const place = job.kept.handOver(before, order.record);
  if (place === null) throw new Rejection('exact_duplicate');
  await order.onLost(before);
  return { place, thumbnail: null };
}

function assertIs(
  { features, width, height }: Pick<SeenImage, 'features' | 'width' | 'height'>,
  wanted: Wanted | null,
): void {
  if (wanted === null) return;
  const isLargeEnough = Math.max(width, height) >= wanted.leastPx;
  if (!isLargeEnough || features === null || !isSamePicture(features, wanted.features))
    throw new Rejection('another_picture');
}
