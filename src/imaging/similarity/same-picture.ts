import { bestOverlay, type Overlay } from './best-overlay.js';
import type { Features } from './features.js';
import { resamplerFor, resampled, type Grid, type Part, WHOLE } from './grid.js';
import { isClearlyOther, isSameInDetail } from './same-detail.js';

/** Pictures whose shapes differ more than a light crop explains are not compared. */
const MOST_ASPECT_RATIO = 1.28;
/** The coarsest fit below which two pictures are not worth a closer look. */
const LEAST_COARSE_FIT = 0.5;
/** A picture with less contrast is blank to a fingerprint: nothing can be said of it. */
const LEAST_CONTRAST = 2;

/** The fit from which on two pictures are the same one; measured, see CONTRIBUTING. */
const SAME_FIT = 0.945;
/** The same for simple things before a plain background, which look alike when they are not. */
const SAME_FIT_OF_SIMPLE = 0.98;
const PLAIN_BACKGROUND = 0.33;
const SIMPLE_DETAIL = 0.3;
const MOSTLY_BACKGROUND = 0.75;

/** How far lightness may shift. */
const LIGHT_SHIFT = 70;
/** The same for slopes and spots, and for simple things, which have little but their tones to be told by. */
const SMOOTH_DETAIL = 0.05;
const SHIFT_OF_SMOOTH = 8;
const SHIFT_OF_SIMPLE = 16;
/** Nothing is cut off where whole pictures fit so well. */
const FITS_AS_IT_LIES = 0.985;
/** Shapes are known to about this. */
const SAME_SHAPE = 0.025;

/**
 * Whether two pictures are one and the same to a person: encoded again, scaled, lightly cropped (up to about a
 * tenth), lighter, darker or a little warmer, with a faint mark laid over. A colour picture and its grey copy are
 * two, and so are two that differ in one place only.
 */
export function isSamePicture(one: Features, other: Features): boolean {
  if (coarseLikeness(one, other) === null) return false;
  if (Math.abs(one.aspect / other.aspect - 1) < SAME_SHAPE && isClearlyOther(one, other)) return false;
  const overlay = bestOverlay(other, one);
  if (isCopy(one, other, overlay)) return true;
  // Where they fit as they lie, the other way round is the same again.
  const isSettled = overlay?.part === WHOLE && overlay.fit >= FITS_AS_IT_LIES;
  return !isSettled && isCopy(other, one, bestOverlay(one, other));
}

/** How alike two pictures look from afar, up to 1; null where they cannot be the same one. */
export function coarseLikeness(one: Features, other: Features): number | null {
  const ratio = one.aspect / other.aspect;
  if (Math.max(ratio, 1 / ratio) > MOST_ASPECT_RATIO) return null;
  if (isBlank(one) || isBlank(other)) return null;
  const likeness = product(one.signature, other.signature);
  return likeness < LEAST_COARSE_FIT ? null : likeness;
}

/** Whether there is too little to see for a fingerprint to say anything of it. */
export function isBlank({ contrast }: Features): boolean {
  return contrast < LEAST_CONTRAST;
}

/** How far apart the tones of two pictures are on the whole, of 255; for such as have nothing else. */
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

/** Whether `small` is the part of `large` that it fits best, or all of it. */
function isCopy(small: Features, large: Features, overlay: Overlay | null): boolean {
  const leastFit = isSimple(small) || isSimple(large) ? SAME_FIT_OF_SIMPLE : SAME_FIT;
  if (overlay === null || overlay.fit < leastFit) return false;
  return hasSameTones(large, overlay.part, small) && isSameInDetail(large, small, overlay.part);
}

function isSimple({ background, detail }: Features): boolean {
  return background >= MOSTLY_BACKGROUND || (background >= PLAIN_BACKGROUND && detail < SIMPLE_DETAIL);
}

/** How far the tones of one and the same picture may be apart: the less else there is to see, the less. */
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
