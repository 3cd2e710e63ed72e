import type { ClaimedSize } from '../jobs/candidate.js';
import type { ImageRecord, KeptFile, RejectionReason } from '../jobs/image-record.js';
import { isTooSmall } from './too-small.js';

/** The images of one job that are good, at most as many as were ordered, none twice. */
export class KeptImages {
  private readonly records: ImageRecord[] = [];
  private readonly claimed = new Set<string>();
  private placesTaken = 0;

  /** @param count how many are wanted */
  constructor(private readonly count: number) {}

  /** How many more are wanted. */
  get missing(): number {
    return this.count - this.placesTaken;
  }

  /** Claims an image's bytes for one candidate. @returns false where another one has brought the same */
  claim(sha256: string): boolean {
    if (this.claimed.has(sha256)) return false;
    this.claimed.add(sha256);
    return true;
  }

  /** Why a whole, decoded file is not wanted beside those kept; the place where near duplicates are refused. */
  objectionTo(file: KeptFile, claimed: ClaimedSize | null): RejectionReason | null {
    return isTooSmall(file, claimed) ? 'too_small' : null;
  }

  /** Takes a place for a good image, at once, so that never more than ordered are kept. */
  takePlace(): boolean {
    if (this.missing <= 0) return false;
    this.placesTaken += 1;
    return true;
  }

  /** Adds an image that has its place. */
  add(record: ImageRecord): void {
    this.records.push(record);
  }

  /** By ascending position. */
  inOrder(): ImageRecord[] {
    return this.records.toSorted((one, other) => one.position - other.position);
  }
}
