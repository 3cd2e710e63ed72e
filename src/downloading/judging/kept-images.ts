import type { ImageRecord, KeptFile } from '../../jobs/image-record.js';
import { ByteClaims } from './byte-claims.js';
import type { Features } from '../../imaging/similarity/features.js';
import { copiesAmong } from './copies.js';
import { Rejection } from '../../jobs/rejection.js';

/** The place of a good image among those wanted. */
export interface Place {
  readonly record: ImageRecord;
  readonly file: KeptFile;
  readonly features: Features | null;
  /** Why the place was lost: to a better copy, or because the image proved to be a placeholder. */
  lostBy: Rejection | null;
  /** Whether the image has been reported as kept. */
  isKept: boolean;
}

/** The result for an image that wants a place: enough images, a better copy, or a place. */
export type KeepResult =
  | { readonly kind: 'enough' }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'place'; readonly place: Place; readonly ousted: readonly Place[] };

/**
 * The good images of one job, at most as many as ordered and no picture twice. Of two copies the one with
 * more pixels stays; of equal ones the one found first, whichever was downloaded first.
 */
export class KeptImages {
  readonly claims = new ByteClaims();
  private places: Place[] = [];

  /** @param count of images wanted */
  constructor(private readonly count: number) {}

  /** The number of images still wanted. */
  get missing(): number {
    return this.count - this.places.length;
  }

  /** Gives an image a place, synchronously, so that no more than ordered are kept. */
  keep(record: ImageRecord, file: KeptFile, features: Features | null): KeepResult {
    if (this.missing <= 0) return { kind: 'enough' };
    const copies = features === null ? [] : copiesAmong(this.places, features);
    if (copies.some((place) => isBetter(place, { record, file }))) return { kind: 'duplicate' };
    for (const copy of copies) this.remove(copy, new Rejection('near_duplicate', 'a better copy was found'));
    const place: Place = { record, file, features, lostBy: null, isKept: false };
    this.places.push(place);
    return { kind: 'place', place, ousted: copies };
  }

  /** Takes the place of a file away. @returns null if it has none */
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

  private remove(place: Place, why: Rejection): void {
    place.lostBy = why;
    this.places = this.places.filter((other) => other !== place);
  }
}

function isBetter(one: Pick<Place, 'record' | 'file'>, other: Pick<Place, 'record' | 'file'>): boolean {
  const more = one.file.width * one.file.height - other.file.width * other.file.height;
  return more > 0 || (more === 0 && one.record.position < other.record.position);
}
