import { createHash } from 'node:crypto';

/** A share of images for validation. */
export interface SplitShare {
  /** 1 to 50. */
  readonly percent: number;
  readonly seed: number;
}

/**
 * Splits the images of one query by the digest of the seed and of each image: the same images give the same
 * split in any order.
 * @param digests of the downloaded images
 * @returns the digests of the images for validation: the share, rounded; with two or more images at least one
 *   and not all, else none
 */
export function validationOf(digests: readonly string[], { percent, seed }: SplitShare): ReadonlySet<string> {
  const share = Math.round((digests.length * percent) / 100);
  const count = Math.min(Math.max(share, 1), digests.length - 1);
  const keyed = digests.map((digest) => ({ digest, key: keyOf(digest, seed) }));
  const drawn = keyed.toSorted((a, b) => (a.key < b.key ? -1 : 1)).slice(0, Math.max(count, 0));
  return new Set(drawn.map(({ digest }) => digest));
}

function keyOf(digest: string, seed: number): string {
  return createHash('sha256').update(`${seed}:${digest}`).digest('hex');
}
