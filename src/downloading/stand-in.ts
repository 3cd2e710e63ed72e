import type { ClaimedSize } from '../jobs/candidate.js';
import type { Plainness } from './looks/plainness.js';
import { Rejection } from './rejection.js';
import type { SeenImage } from './seen-image.js';

/** Smaller than this are icons. */
const ICON_PX = 32;
const ICON_FACTOR = 4;
/** A picture so small that was claimed to be so many times larger is a thumbnail of it. */
const THUMBNAILS = [
  { mostPx: 400, leastFactor: 2.5 },
  { mostPx: 640, leastFactor: 4 },
] as const;
/** Claims are about right within this, in share of a side. */
const EXACT = 0.02;
const SAME_SHAPE = 0.08;

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

/**
 * Why a whole image is not the picture it stands for: a dot, an icon or a thumbnail in its place, a blank, or a
 * card with a few words. Judged by what the engine claimed: a picture that is as claimed is taken for what it is,
 * however small or plain, and without a claim only blank ones are refused.
 * @returns null for a picture
 */
export function standInOf(
  image: Pick<SeenImage, 'width' | 'height' | 'plainness'>,
  claimed: ClaimedSize | null,
): Rejection | null {
  const fit = claimFitOf(image, claimed);
  if (Math.min(image.width, image.height) < 2) return new Rejection('too_small', sizeText(image));
  if (fit === 'exact') return null;
  if (isPlaceholder(image.plainness(), fit)) return new Rejection('placeholder', 'plain picture');
  return claimed === null ? null : tooSmallFor(image, claimed);
}

function isPlaceholder(plainness: Plainness, fit: ClaimFit): boolean {
  return plainness === 'blank' || (plainness === 'card' && fit === 'another_shape');
}

function tooSmallFor(image: ClaimedSize, claimed: ClaimedSize): Rejection | null {
  const longestPx = Math.max(image.width, image.height);
  const factor = Math.max(claimed.width, claimed.height) / longestPx;
  if (longestPx < ICON_PX && factor >= ICON_FACTOR) return new Rejection('too_small', sizeText(image));
  const isThumbnail = THUMBNAILS.some(
    ({ mostPx, leastFactor }) => longestPx <= mostPx && factor >= leastFactor,
  );
  return isThumbnail
    ? new Rejection('thumbnail_instead', `${sizeText(image)} instead of ${sizeText(claimed)}`)
    : null;
}

function sizeText({ width, height }: ClaimedSize): string {
  return `${width} × ${height}`;
}
