import { bestOverlay, type Overlay } from './best-overlay.js';
import type { Features } from './features.js';
import { resamplerFor, resampled, type Grid, type Part, WHOLE } from './grid.js';
import { isClearlyOther, isSameInDetail } from './same-detail.js';

/** A light crop does not explain a larger difference in shape. */
const MOST_ASPECT_RATIO = 1.28;
/** Pictures with a lower coarse fit are not compared further. */
const LEAST_COARSE_FIT = 0.5;
/** A picture with less contrast looks blank in its fingerprint, which then says nothing. */
const LEAST_CONTRAST = 2;

/** The minimum fit of two copies; measured, see CONTRIBUTING. */
const SAME_FIT = 0.945;
/** The same for simple things on a plain background, which look alike even if they differ. */
const SAME_FIT_OF_SIMPLE = 0.98;
const PLAIN_BACKGROUND = 0.33;
const SIMPLE_DETAIL = 0.3;
const MOSTLY_BACKGROUND = 0.75;

/** Maximum shift in lightness. */
const LIGHT_SHIFT = 70;
/** The same for slopes and spots, and for simple things, which differ in little but their tones. */
const SMOOTH_DETAIL = 0.05;
const SHIFT_OF_SMOOTH = 8;
const SHIFT_OF_SIMPLE = 16;
/** Whole pictures that fit this well are not cropped. */
const FITS_AS_IT_LIES = 0.985;
/** Precision of known shapes. */
const SAME_SHAPE = 0.025;

/**
 * Whether two pictures look the same to a person: encoded again, scaled, lightly cropped (up to about a
 * tenth), lighter, darker, a little warmer, or with a faint mark on them. A colour picture and its grey copy
 * differ, and so do two pictures that differ in one place only.
 */
export function isSamePicture(one: Features, other: Features): boolean {
  if (coarseLikeness(one, other) === null) return false;
  if (Math.abs(one.aspect / other.aspect - 1) < SAME_SHAPE && isClearlyOther(one, other)) return false;
  const overlay = bestOverlay(other, one);
  if (isCopy(one, other, overlay)) return true;
  // If they fit without moving, the other direction gives the same result.
  const isSettled = overlay?.part === WHOLE && overlay.fit >= FITS_AS_IT_LIES;
  return !isSettled && isCopy(other, one, bestOverlay(one, other));
}

/** The coarse likeness of two pictures, up to 1; null if they cannot be the same. */
export function coarseLikeness(one: Features, other: Features): number | null {
  const ratio = one.aspect / other.aspect;
  if (Math.max(ratio, 1 / ratio) > MOST_ASPECT_RATIO) return null;
  if (isBlank(one) || isBlank(other)) return null;
  const likeness = product(one.signature, other.signature);
  return likeness < LEAST_COARSE_FIT ? null : likeness;
}

/** Whether a picture has too little contrast for its fingerprint to say anything. */
export function isBlank({ contrast }: Features): boolean {
  return contrast < LEAST_CONTRAST;
}

/** The overall difference in tone of two pictures, of 255; for pictures without anything else to compare. */
export function toneDifference(one: Features, other: Features): number {
  const [light, blue, red] = [one.coarse, one.blueness, one.redness].map((grid, at) =>
    differenceOf(grid, WHOLE, [other.coarse, other.blueness, other.redness][at] ?? grid),
  );
  return Math.hypot(light ?? 0, blue ?? 0, red ?? 0);
}

function product(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}

/** Whether `small` is the best-fitting part of `large`, or all of it. */
function isCopy(small: Features, large: Features, overlay: Overlay | null): boolean {
  const leastFit = isSimple(small) || isSimple(large) ? SAME_FIT_OF_SIMPLE : SAME_FIT;
  if (overlay === null || overlay.fit < leastFit) return false;
  return hasSameTones(large, overlay.part, small) && isSameInDetail(large, small, overlay.part);
}

function isSimple({ background, detail }: Features): boolean {
  return background >= MOSTLY_BACKGROUND || (background >= PLAIN_BACKGROUND && detail < SIMPLE_DETAIL);
}

/** Whether the tones are near enough for the same picture: the less else there is to see, the nearer. */
function hasSameTones(large: Features, part: Part, small: Features): boolean {
  const light = differenceOf(large.middle, part, small.small);
  const isSmooth = Math.min(large.detail, small.detail) < SMOOTH_DETAIL;
  if (!isSmooth && !isSimple(large) && !isSimple(small)) return light <= LIGHT_SHIFT;
  const blue = differenceOf(large.blueness, part, small.blueness);
  const red = differenceOf(large.redness, part, small.redness);
  return Math.max(light, Math.hypot(blue, red)) <= (isSmooth ? SHIFT_OF_SMOOTH : SHIFT_OF_SIMPLE);
}

/** Root of the mean square. */
function differenceOf(large: Grid, part: Part, small: Grid): number {
  const square = resampled(resamplerFor(large.side, part, small.side), large);
  let sum = 0;
  for (let at = 0; at < square.length; at += 1) sum += ((square[at] ?? 0) - (small.cells[at] ?? 0)) ** 2;
  return Math.sqrt(sum / square.length);
}
