import type { ClaimedSize } from '../../jobs/candidate.js';
import type { SeenImage } from './seen-image.js';
import { claimFitOf } from './placeholder.js';

/**
 * This many addresses of one host with the same plain file, which fits none of their claims, make it
 * suspicious.
 */
const SUSPICIOUS = 3;
/** The same for a real picture, since pages often use one picture in many places. */
const SUSPICIOUS_PICTURE = 4;
/** A host with this many different cards has cards as pictures: a placeholder looks the same each time. */
const OWN_CARDS = 3;

interface SeenFile extends ClaimedSize {
  readonly isPlain: boolean;
  /** How often each host gave it instead of something else. */
  readonly timesByHost: Map<string, number>;
}

/**
 * Recognises the placeholder of a host by its repetition: one file instead of many. Copies of a real picture
 * fit the engine's claims; without claims only plain pictures are suspected.
 */
export class RepeatedFiles {
  private readonly files = new Map<string, SeenFile>();
  private readonly cardsByHost = new Map<string, Set<string>>();

  /** Records the first download of a file. */
  noteFirst({ file, width, height, plainness }: SeenImage, host: string, claimed: ClaimedSize | null): void {
    const isExact = claimFitOf({ width, height }, claimed) === 'exact';
    const isPlain = !isExact && plainness() !== 'picture';
    if (isPlain && plainness() === 'card') this.cardsOf(host).add(file.sha256);
    this.files.set(file.sha256, { width, height, isPlain, timesByHost: new Map() });
    this.noteRepeat(file.sha256, host, claimed);
  }

  /** Whether the cards of a host are its pictures, because it gave several different ones. */
  hasOwnCards(host: string): boolean {
    return this.cardsOf(host).size >= OWN_CARDS;
  }

  /** Counts a file that a host gave instead of something else. */
  noteRepeat(sha256: string, host: string, claimed: ClaimedSize | null): void {
    const file = this.files.get(sha256);
    if (file === undefined) return;
    const fit = claimFitOf(file, claimed);
    const isOdd = fit === 'another_shape' || (fit === 'unknown' && file.isPlain);
    file.timesByHost.set(host, (file.timesByHost.get(host) ?? 0) + (isOdd ? 1 : 0));
  }

  /** Whether a host gave a file so often that it is a placeholder. */
  isPlaceholder(sha256: string, host: string): boolean {
    const file = this.files.get(sha256);
    if (file === undefined) return false;
    return (file.timesByHost.get(host) ?? 0) >= (file.isPlain ? SUSPICIOUS : SUSPICIOUS_PICTURE);
  }

  private cardsOf(host: string): Set<string> {
    const cards = this.cardsByHost.get(host) ?? new Set();
    this.cardsByHost.set(host, cards);
    return cards;
  }
}
