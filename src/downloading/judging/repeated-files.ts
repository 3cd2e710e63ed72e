import type { ClaimedSize } from '../../jobs/candidate.js';
import type { SeenImage } from './seen-image.js';
import { claimFitOf } from './placeholder.js';

/** So many addresses of one host that all give the same file, which none of them was said to be. */
const SUSPICIOUS = 3;
/** The same for a file that shows something: pages often use one picture in many places. */
const SUSPICIOUS_PICTURE = 4;
/** A host that gives so many different cards gives what it has: something missing looks the same each time. */
const OWN_CARDS = 3;

interface SeenFile extends ClaimedSize {
  readonly isPlain: boolean;
  /** How often each host gave it in the place of something else. */
  readonly timesByHost: Map<string, number>;
}

/**
 * Tells a host's stand-in by its repetition: one file in the place of many. Copies of a true picture agree with
 * what the engine said of them; where it said nothing, only plain pictures are suspected.
 */
export class RepeatedFiles {
  private readonly files = new Map<string, SeenFile>();
  private readonly cardsByHost = new Map<string, Set<string>>();

  /** Takes note of a file that came for the first time. */
  noteFirst({ file, width, height, plainness }: SeenImage, host: string, claimed: ClaimedSize | null): void {
    const isExact = claimFitOf({ width, height }, claimed) === 'exact';
    const isPlain = !isExact && plainness() !== 'picture';
    if (isPlain && plainness() === 'card') this.cardsOf(host).add(file.sha256);
    this.files.set(file.sha256, { width, height, isPlain, timesByHost: new Map() });
    this.noteRepeat(file.sha256, host, claimed);
  }

  /** Whether the cards of a host are pictures of its own: it has given several, each another. */
  hasOwnCards(host: string): boolean {
    return this.cardsOf(host).size >= OWN_CARDS;
  }

  /** Counts a file that a host gave in place of something else. */
  noteRepeat(sha256: string, host: string, claimed: ClaimedSize | null): void {
    const file = this.files.get(sha256);
    if (file === undefined) return;
    const fit = claimFitOf(file, claimed);
    const isOdd = fit === 'another_shape' || (fit === 'unknown' && file.isPlain);
    file.timesByHost.set(host, (file.timesByHost.get(host) ?? 0) + (isOdd ? 1 : 0));
  }

  /** Whether a host has given a file so often that it is its placeholder. */
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
