import type { ImageRecord } from '../jobs/image-record.js';
import type { CollectObserver } from './collect-observer.js';
import type { IntakeJob } from './judging/image-intake.js';
import type { Place } from './judging/kept-images.js';
import { featuresOf } from '../imaging/similarity/features.js';
import { PreviewsInstead } from './attempts/previews-instead.js';
import { Rejection } from '../jobs/rejection.js';
import { recordedReason } from '../jobs/rejection-reasons.js';
import { untilAborted } from '../network/until-aborted.js';

/** Reports the outcomes of one run's candidates, and deletes images that lost their places. */
export class Outcomes {
  /** Previews for rejected candidates. */
  readonly previews: PreviewsInstead;

  constructor(
    private readonly job: IntakeJob,
    private readonly observer: CollectObserver,
    private readonly removeImage: (place: Place) => Promise<void>,
    private readonly signal: AbortSignal,
  ) {
    this.previews = new PreviewsInstead(job.allowsPreviews);
  }

  /**
   * Takes over the result of an earlier run. The file of a kept image must exist; the image counts unless it
   * is a copy.
   */
  async adopt(record: ImageRecord): Promise<void> {
    const { outcome } = record;
    if (outcome.status === 'rejected')
      this.previews.note(record, new Rejection(outcome.reason, outcome.detail));
    if (outcome.status !== 'kept') return;
    const { file } = outcome;
    const taken = this.job.kept.keep(record, file, featuresOf(file.fingerprint));
    if (taken.kind === 'enough') return;
    this.job.kept.claims.add(file.sha256);
    if (taken.kind === 'duplicate') return this.reject(record, new Rejection('near_duplicate'));
    taken.place.isKept = true;
    this.job.budget.spend(file.bytes);
    await Promise.all(taken.ousted.map((place) => this.drop(place)));
  }

  /**
   * Reports a good image that is in its place.
   * @param thumbnail null if it is stored already
   * @throws what the observer throws; the signal's reason
   */
  async keep(place: Place, thumbnail: Buffer | null): Promise<void> {
    const kept: ImageRecord = { ...place.record, outcome: { status: 'kept', file: place.file } };
    if (thumbnail !== null) await untilAborted(this.observer.onKept(kept, thumbnail), this.signal);
    if (place.lostBy !== null) return this.drop(place);
    place.isKept = true;
    this.observer.onOutcome(kept);
  }

  /**
   * Takes back an image that has lost its place; an image that is not reported yet is taken back when it is.
   */
  lose(place: Place): Promise<void> {
    return place.isKept ? this.drop(place) : Promise.resolve();
  }

  reject(record: ImageRecord, rejection: Rejection): void {
    const { reason, detail } = rejection;
    this.previews.note(record, rejection);
    const outcome = { status: 'rejected', reason: recordedReason(reason), detail } as const;
    this.observer.onOutcome({ ...record, outcome });
  }

  /** Keeps the file if an earlier query has taken it over. */
  private async drop(place: Place): Promise<void> {
    const { bytes, sha256 } = place.file;
    this.reject(place.record, place.lostBy ?? new Rejection('near_duplicate'));
    if (this.job.kept.placeOf(sha256) !== null) return;
    this.job.budget.giveBack(bytes);
    await this.removeImage(place);
  }
}
