import { laidOver } from './laid-over.js';
import type { Look } from './look.js';
import { drawerOf, drawn, type Grid, type Part } from './overlay.js';

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

/** How far lightness may shift, and colours: a little, and more where there is more colour. */
const LIGHT_SHIFT = 26;
const COLOUR_SHIFT = 12;
const COLOUR_SHIFT_SHARE = 0.3;
/** The same for slopes and spots, which have nothing but their tones to be told by. */
const SMOOTH_DETAIL = 0.05;
const SHIFT_OF_SMOOTH = 8;
const SHIFT_OF_SIMPLE = 16;

/**
 * Whether two pictures are one and the same to a person: encoded again, scaled, lightly cropped (up to about a
 * tenth), a little lighter or warmer. A colour picture and its grey copy are two.
 */
export function isSamePicture(one: Look, other: Look): boolean {
  return mayBeSame(one, other) && (isPartOf(one, other) || isPartOf(other, one));
}

function mayBeSame(one: Look, other: Look): boolean {
  const ratio = one.aspect / other.aspect;
  if (Math.max(ratio, 1 / ratio) > MOST_ASPECT_RATIO) return false;
  if (Math.min(one.contrast, other.contrast) < LEAST_CONTRAST) return false;
  return product(one.signature, other.signature) >= LEAST_COARSE_FIT;
}

function product(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}

/** Whether `small` is `large`, or a crop of it. */
function isPartOf(small: Look, large: Look): boolean {
  const overlay = laidOver(large, small);
  if (overlay === null) return false;
  const leastFit = isSimple(small) || isSimple(large) ? SAME_FIT_OF_SIMPLE : SAME_FIT;
  if (overlay.fit < leastFit) return false;
  const [light, colour] = shiftsBetween(large, overlay.part, small);
  const [mostLight, mostColour] = mostShifts(large, small);
  return light <= mostLight && colour <= mostColour;
}

function isSimple({ background, detail }: Look): boolean {
  return background >= MOSTLY_BACKGROUND || (background >= PLAIN_BACKGROUND && detail < SIMPLE_DETAIL);
}

function shiftsBetween(large: Look, part: Part, small: Look): readonly [light: number, colour: number] {
  const colour = Math.hypot(
    differenceOf(large.blueness, part, small.blueness),
    differenceOf(large.redness, part, small.redness),
  );
  return [differenceOf(large.middle, part, small.small), colour];
}

/** How far the tones of one and the same picture may be apart: the less else there is to see, the less. */
function mostShifts(one: Look, other: Look): readonly [light: number, colour: number] {
  if (Math.min(one.detail, other.detail) < SMOOTH_DETAIL) return [SHIFT_OF_SMOOTH, SHIFT_OF_SMOOTH];
  if (isSimple(one) || isSimple(other)) return [SHIFT_OF_SIMPLE, SHIFT_OF_SIMPLE];
  return [LIGHT_SHIFT, COLOUR_SHIFT + COLOUR_SHIFT_SHARE * Math.max(strengthOf(one), strengthOf(other))];
}

/** Root of the mean square. */
function differenceOf(large: Grid, part: Part, small: Grid): number {
  const square = drawn(drawerOf(large.side, part, small.side), large);
  return rootMeanSquare(square.map((value, at) => value - (small.cells[at] ?? 0)));
}

function strengthOf({ blueness, redness }: Look): number {
  return Math.hypot(rootMeanSquare(blueness.cells), rootMeanSquare(redness.cells));
}

function rootMeanSquare(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}
