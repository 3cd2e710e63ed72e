import type { ImageRecord, KeptFile } from '../../jobs/image-record.js';
import { ByteClaims } from './byte-claims.js';
import type { Features } from '../../imaging/similarity/features.js';
import { isSamePicture, coarseLikeness } from '../../imaging/similarity/same-picture.js';
import { Rejection } from '../../jobs/rejection.js';

/** A picture is held against so many at most: a job may find hundreds that are all of one pattern. */
const MOST_COMPARED = 6;

/** A good image among those wanted. */
export interface Place {
  readonly record: ImageRecord;
  readonly file: KeptFile;
  readonly features: Features | null;
  /** Why it has lost its place: a better copy has it, or it was found out to be a stand-in. */
  lostBy: Rejection | null;
  /** Whether it has been told to be kept. */
  isKept: boolean;
}

/** What became of an image that wants a place: there were enough, a copy is there, or it has one. */
export type KeepResult =
  | { readonly kind: 'enough' }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'place'; readonly place: Place; readonly ousted: readonly Place[] };

/**
 * The images of one job that are good, at most as many as were ordered, no picture twice. Of two copies the one
 * with more pixels stays, of equal ones the one found first, whichever was downloaded first.
 */
export class KeptImages {
  readonly claims = new ByteClaims();
  private places: Place[] = [];

  /** @param count how many are wanted */
  constructor(private readonly count: number) {}

  /** How many more are wanted. */
  get missing(): number {
    return this.count - this.places.length;
  }

  /** Gives an image a place, at once, so that never more than ordered are kept. */
  keep(record: ImageRecord, file: KeptFile, features: Features | null): KeepResult {
    if (this.missing <= 0) return { kind: 'enough' };
    const copies = features === null ? [] : this.copiesOf(features);
    if (copies.some((place) => isBetter(place, { record, file }))) return { kind: 'duplicate' };
    for (const copy of copies) this.remove(copy, new Rejection('near_duplicate', 'a better copy was found'));
    const place: Place = { record, file, features, lostBy: null, isKept: false };
    this.places.push(place);
    return { kind: 'place', place, ousted: copies };
  }

  /** Takes the place of a file away. @returns null where it has none */
  lose(sha256: string, why: Rejection): Place | null {
    const place = this.places.find(({ file }) => file.sha256 === sha256) ?? null;
    if (place !== null) this.remove(place, why);
    return place;
  }

  /** By ascending position. */
  inOrder(): ImageRecord[] {
    return this.places
      .map(({ record, file }): ImageRecord => ({ ...record, outcome: { status: 'kept', file } }))
      .toSorted((one, other) => one.position - other.position);
  }

  /** Looks for copies among the likeliest. */
  private copiesOf(features: Features): Place[] {
    const near: { readonly place: Place; readonly features: Features; readonly likeness: number }[] = [];
    for (const place of this.places) {
      const likeness = place.features === null ? null : coarseLikeness(place.features, features);
      if (place.features !== null && likeness !== null)
        near.push({ place, features: place.features, likeness });
    }
    const likeliest = near.toSorted((one, other) => other.likeness - one.likeness).slice(0, MOST_COMPARED);
    return likeliest.filter((one) => isSamePicture(one.features, features)).map(({ place }) => place);
  }

  private remove(place: Place, why: Rejection): void {
    place.lostBy = why;
    this.places = this.places.filter((other) => other !== place);
  }
}

function isBetter(one: Pick<Place, 'record' | 'file'>, other: Pick<Place, 'record' | 'file'>): boolean {
  const more = one.file.width * one.file.height - other.file.width * other.file.height;
  return more > 0 || (more === 0 && one.record.position < other.record.position);
}
