import type { ClaimedSize } from '../../jobs/candidate.js';
import { Rejection } from '../../jobs/rejection.js';
import type { SeenImage } from './seen-image.js';

/** Smaller than this are icons. */
const ICON_PX = 32;
const ICON_FACTOR = 4;
/** A picture that was claimed to be so many times larger and is this small is a preview of it. */
const PREVIEW_FACTOR = 2.5;
/** Also where it was cut to another shape. */
const TINY_PX = 200;
/** Where it has the shape of the original, as the previews of engines and shops have. */
const PREVIEW_PX = 300;
/** What is so many times smaller than claimed may be something else of the same shape. */
const DOUBTFUL_FACTOR = 1.5;
/** Cards that say that something is missing are no larger. */
const CARD_PX = 640;
/** Claims are about right within this, in share of a side. */
const EXACT = 0.02;
const SAME_SHAPE = 0.08;

/** What says nothing takes few bytes; noise looks as plain from afar. */
const PLAIN_BYTES = 4000;
const PLAIN_BYTES_PER_PIXEL = 0.12;

type Seen = Pick<SeenImage, 'width' | 'height' | 'plainness'> & {
  readonly file: Pick<SeenImage['file'], 'bytes'>;
};

/** How the delivered size fits the claimed one. */
export type ClaimFit = 'unknown' | 'exact' | 'scaled' | 'another_shape';

/** Compares what came with what an engine said would come. */
export function claimFitOf({ width, height }: ClaimedSize, claimed: ClaimedSize | null): ClaimFit {
  if (claimed === null) return 'unknown';
  // Engines measure some photos before and some after turning them.
  const ways = [claimed, { width: claimed.height, height: claimed.width }];
  if (ways.some((way) => isNear(width, way.width, EXACT) && isNear(height, way.height, EXACT)))
    return 'exact';
  if (ways.some((way) => isNear(width / height, way.width / way.height, SAME_SHAPE))) return 'scaled';
  return 'another_shape';
}

function isNear(one: number, other: number, most: number): boolean {
  return Math.abs(one / other - 1) <= most;
}

/** Whether it is worth finding out if an image is the picture that its engine showed. */
export function isDoubtful(image: Seen, claimed: ClaimedSize | null): boolean {
  const fit = claimFitOf(image, claimed);
  if (claimed === null || fit !== 'scaled') return fit !== 'exact';
  const factor = Math.max(claimed.width, claimed.height) / Math.max(image.width, image.height);
  return factor >= DOUBTFUL_FACTOR || image.plainness() !== 'picture';
}

/** What is known besides of an image: its host has many cards of its own, or its engine showed this very picture. */
export type KnownToBe = 'its_own_card' | 'as_shown' | null;

/**
 * Why a whole image is not the picture it stands for: a dot, an icon or a preview in its place, a blank, or a
 * card with a few words. Judged by what the engine claimed: a picture that is as claimed is taken for what it is,
 * however small or plain, and without a claim only blank ones are refused.
 * @returns null for a picture
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

/** What is smaller than claimed and still no preview is kept: claims are often those of a later original. */
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
