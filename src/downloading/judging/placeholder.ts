import type { ClaimedSize } from '../../jobs/candidate.js';
import { Rejection } from '../../jobs/rejection.js';
import type { SeenImage } from './seen-image.js';

/** Smaller pictures are icons. */
const ICON_PX = 32;
const ICON_FACTOR = 4;
/** A small picture whose claimed size is this many times larger is a preview. */
const PREVIEW_FACTOR = 2.5;
/** Maximum size of a preview with another shape than the original. */
const TINY_PX = 200;
/** Maximum size of a preview with the shape of the original, as from engines and shops. */
const PREVIEW_PX = 300;
/** A picture this many times smaller than claimed may be something else of the same shape. */
const DOUBTFUL_FACTOR = 1.5;
/** Maximum size of a card that says that something is missing. */
const CARD_PX = 640;
/** Tolerance of claims, as a share of a side. */
const EXACT = 0.02;
const SAME_SHAPE = 0.08;

/** Plain pictures take few bytes; noise also looks plain when it is drawn small. */
const PLAIN_BYTES = 4000;
const PLAIN_BYTES_PER_PIXEL = 0.12;

type Seen = Pick<SeenImage, 'width' | 'height' | 'plainness'> & {
  readonly file: Pick<SeenImage['file'], 'bytes'>;
};

/** How the actual size fits the claimed one. */
export type ClaimFit = 'unknown' | 'exact' | 'scaled' | 'another_shape';

/** Compares the actual size with the size that the engine claimed. */
export function claimFitOf({ width, height }: ClaimedSize, claimed: ClaimedSize | null): ClaimFit {
  if (claimed === null) return 'unknown';
  // Engines measure some photos before and some after rotation.
  const ways = [claimed, { width: claimed.height, height: claimed.width }];
  if (ways.some((way) => isNear(width, way.width, EXACT) && isNear(height, way.height, EXACT)))
    return 'exact';
  if (ways.some((way) => isNear(width / height, way.width / way.height, SAME_SHAPE))) return 'scaled';
  return 'another_shape';
}

function isNear(one: number, other: number, most: number): boolean {
  return Math.abs(one / other - 1) <= most;
}

/** Whether to check that an image is the picture that its engine showed. */
export function isDoubtful(image: Seen, claimed: ClaimedSize | null): boolean {
  const fit = claimFitOf(image, claimed);
  if (claimed === null || fit !== 'scaled') return fit !== 'exact';
  const factor = Math.max(claimed.width, claimed.height) / Math.max(image.width, image.height);
  return factor >= DOUBTFUL_FACTOR || image.plainness() !== 'picture';
}

/**
 * Further evidence about an image: its host has many different cards, or its engine showed this very picture.
 */
export type KnownToBe = 'its_own_card' | 'as_shown' | null;

/**
 * Tells whether a whole image is a placeholder: a dot, an icon, a preview, a blank, or a card with a few
 * words. An image of the claimed size is accepted, however small or plain; without a claim only blank images
 * are rejected.
 * @returns null if the image is accepted
 */
export function placeholderRejection(
  image: Seen,
  claimed: ClaimedSize | null,
  known: KnownToBe = null,
): Rejection | null {
  const fit = claimFitOf(image, claimed);
  if (Math.min(image.width, image.height) < 2) return new Rejection('too_small', sizeText(image));
  if (fit === 'exact') return null;
  if (known !== 'as_shown' && isPlaceholder(image, known === null ? fit : 'exact'))
    return new Rejection('placeholder', 'plain picture');
  return claimed === null ? null : tooSmallFor(image, claimed, fit);
}

function isPlaceholder({ width, height, file, plainness }: Seen, fit: ClaimFit): boolean {
  if (file.bytes > PLAIN_BYTES + PLAIN_BYTES_PER_PIXEL * width * height) return false;
  const isCard = fit === 'another_shape' && Math.max(width, height) <= CARD_PX && plainness() === 'card';
  return isCard || plainness() === 'blank';
}

/** Images smaller than claimed that are no previews are kept: claims often belong to a later original. */
function tooSmallFor(image: ClaimedSize, claimed: ClaimedSize, fit: ClaimFit): Rejection | null {
  const longestPx = Math.max(image.width, image.height);
  const factor = Math.max(claimed.width, claimed.height) / longestPx;
  if (longestPx < ICON_PX && factor >= ICON_FACTOR) return new Rejection('too_small', sizeText(image));
  const mostPx = fit === 'scaled' ? PREVIEW_PX : TINY_PX;
  return longestPx <= mostPx && factor >= PREVIEW_FACTOR
    ? new Rejection('thumbnail_instead', `${sizeText(image)} instead of ${sizeText(claimed)}`)
    : null;
}

function sizeText({ width, height }: ClaimedSize): string {
  return `${width} × ${height}`;
}
