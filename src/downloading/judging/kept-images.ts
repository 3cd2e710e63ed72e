import { type ImageRecord, type KeptFile, queryIndexOf } from '../../jobs/image-record.js';
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
 * The good images of one job, at most as many as ordered of each query and no picture twice. Of two copies the
 * one of the earlier query stays, then the one with more pixels; of equal ones the one found first, whichever
 * was downloaded first.
 */
export class KeptImages {
  readonly claims = new ByteClaims();
  private places: Place[] = [];
  /** The number of places by query. */
  private readonly taken = new Map<number, number>();

  /** @param counts of images wanted, by query */
  constructor(private readonly counts: readonly number[]) {}

  /** The number of images of a query that are still wanted. */
  missingOf(query: number): number {
    return (this.counts[query] ?? 0) - (this.taken.get(query) ?? 0);
  }

  /** The place of the image at an address; null if there is none. */
  placeAt(url: string): Place | null {
    return this.places.find(({ record }) => record.candidate.imageUrl === url) ?? null;
  }

  /** The place of a file; null if there is none. */
  placeOf(sha256: string): Place | null {
    return this.places.find(({ file }) => file.sha256 === sha256) ?? null;
  }

  /** Gives an image a place, synchronously, so that no more than ordered are kept. */
  keep(record: ImageRecord, file: KeptFile, features: Features | null): KeepResult {
    if (this.missingOf(queryIndexOf(record)) <= 0) return { kind: 'enough' };
    const copies = features === null ? [] : copiesAmong(this.places, features);
    if (copies.some((place) => isBetter(place, { record, file }))) return { kind: 'duplicate' };
    for (const copy of copies) this.remove(copy, new Rejection('near_duplicate', 'a better copy was found'));
    const place = this.add({ record, file, features, lostBy: null, isKept: false });
    return { kind: 'place', place, ousted: copies };
  }

  /**
   * Gives the file of a later query to a candidate of an earlier one, which then has the same bytes.
   * @returns the new place; null if the earlier query has enough, or `place` is its own or of an earlier one
   */
  handOver(place: Place, record: ImageRecord): Place | null {
    const query = queryIndexOf(record);
    if (queryIndexOf(place.record) <= query || this.missingOf(query) <= 0) return null;
    this.remove(place, new Rejection('exact_duplicate', 'an earlier search found it too'));
    const { file, features } = place;
    return this.add({ record, file, features, lostBy: null, isKept: false });
  }

  /** Takes the place of a file away. @returns null if it has none */
  lose(sha256: string, why: Rejection): Place | null {
    const place = this.placeOf(sha256);
    if (place !== null) this.remove(place, why);
    return place;
  }

  /** By ascending position. */
  inOrder(): ImageRecord[] {
    return this.places
      .map(({ record, file }): ImageRecord => ({ ...record, outcome: { status: 'kept', file } }))
      .toSorted((one, other) => one.position - other.position);
  }

  private add(place: Place): Place {
    this.places.push(place);
    this.countPlace(place, 1);
    return place;
  }

  private remove(place: Place, why: Rejection): void {
    place.lostBy = why;
    this.places = this.places.filter((other) => other !== place);
    this.countPlace(place, -1);
  }

  private countPlace({ record }: Place, by: 1 | -1): void {
    const query = queryIndexOf(record);
    this.taken.set(query, (this.taken.get(query) ?? 0) + by);
  }
}

function isBetter(one: Pick<Place, 'record' | 'file'>, other: Pick<Place, 'record' | 'file'>): boolean {
  const isLater = queryIndexOf(one.record) - queryIndexOf(other.record);
  if (isLater !== 0) return isLater < 0;
  const more = one.file.width * one.file.height - other.file.width * other.file.height;
  return more > 0 || (more === 0 && one.record.position < other.record.position);
}
