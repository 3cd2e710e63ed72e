import type { Features } from './features.js';
import { correlation, resamplerFor, resampled, type Grid, type Part } from './grid.js';
import { outside, rangesOf } from './ranges.js';

/** Maximum shift of one picture against the other, in cells: differences that move with the grid are none. */
const ASIDE = 0.6;
/** The same for colours, whose cells are large; a cropped picture has something else in these cells. */
const COLOUR_ASIDE = 0.2;
const COLOUR_ASIDE_OF_CUT = 0.75;
/** Smaller differences of lightness are noise from compression, sharpening and the fingerprint itself. */
const NOISE = 10;
/**
 * Maximum difference left in one cell, and over all cells: faint marks on a picture stay below it, other
 * words do not.
 */
const MOST_ANYWHERE = 46;
const MOST_ALL_OVER = 4.2;
/** Range of a copy's contrast, relative to the original. */
const LEAST_GAIN = 0.5;
const MOST_GAIN = 2;
/** A picture counts as cropped if more than this is missing. */
const CUT = 0.02;
/** Maximum difference of colour: a constant, plus a share for strong colours. */
const COLOUR_SHIFT = 12;
const COLOUR_SHIFT_SHARE = 0.3;

/** Two pictures with a better fit than this are compared without moving one of them. */
const GOOD_FIT = 0.97;
const OTHER_AT_ONCE = 60;

/**
 * Whether two pictures that fit as wholes are alike in every place. A form filled in with another name, a
 * scene through which somebody has walked, and the same shoe in another colour fit very well, but are
 * different pictures.
 */
export function isSameInDetail(large: Features, small: Features, part: Part): boolean {
  if (!hasSameColours(large, small, part)) return false;
  const { most, allOver } = unlikenessOf(large.close(), part, small.close());
  return most <= MOST_ANYWHERE && allOver <= MOST_ALL_OVER;
}

/** Quickly finds pictures of one shape that fit as wholes but differ in some place. */
export function isClearlyOther(one: Features, other: Features): boolean {
  const [a, b] = [one.fine, other.fine];
  if (correlation(a.cells, b.cells) < GOOD_FIT) return false;
  return differenceOf(adjusted(a, b), b, 1) > OTHER_AT_ONCE;
}

interface Unlikeness {
  readonly most: number;
  readonly allOver: number;
}

/** Compares a part of a picture with all of another, ignoring brightness and contrast. */
function unlikenessOf(large: Grid, part: Part, small: Grid): Unlikeness {
  const there = adjusted(
    { side: small.side, cells: resampled(resamplerFor(large.side, part, small.side), large) },
    small,
  );
  const [ranges, others] = [rangesOf(there, ASIDE), rangesOf(small, ASIDE)];
  let [most, sum] = [0, 0];
  for (let at = 0; at < small.cells.length; at += 1) {
    const apart = Math.max(
      outside(ranges, at, small.cells[at] ?? 0),
      outside(others, at, there.cells[at] ?? 0),
    );
    const left = Math.max(0, apart - NOISE);
    most = Math.max(most, left);
    sum += left * left;
  }
  return { most, allOver: Math.sqrt(sum / small.cells.length) };
}

/** The largest difference of two grids in one cell, if one may be shifted by up to `aside` cells. */
function differenceOf(one: Grid, other: Grid, aside: number): number {
  const [ranges, others] = [rangesOf(one, aside), rangesOf(other, aside)];
  let most = 0;
  for (let at = 0; at < one.cells.length; at += 1)
    most = Math.max(most, outside(ranges, at, other.cells[at] ?? 0), outside(others, at, one.cells[at] ?? 0));
  return most;
}

/** A grid with the brightness and contrast of another, within the limits for a copy. */
function adjusted(from: Grid, to: Grid): Grid {
  const [a, b] = [meanOf(from.cells), meanOf(to.cells)];
  let [both, own] = [0, 0];
  for (let at = 0; at < from.cells.length; at += 1) {
    const away = (from.cells[at] ?? 0) - a;
    both += away * ((to.cells[at] ?? 0) - b);
    own += away * away;
  }
  const gain = Math.min(MOST_GAIN, Math.max(LEAST_GAIN, own === 0 ? 1 : both / own));
  return { side: from.side, cells: from.cells.map((value) => b + gain * (value - a)) };
}

function meanOf(cells: Float32Array): number {
  let sum = 0;
  for (const value of cells) sum += value;
  return sum / cells.length;
}

function hasSameColours(large: Features, small: Features, part: Part): boolean {
  const resampler = resamplerFor(large.blueness.side, part, small.blueness.side);
  const [blue, red] = [resampled(resampler, large.blueness), resampled(resampler, large.redness)];
  const { side } = small.blueness;
  const aside = isWhole(part) ? COLOUR_ASIDE : COLOUR_ASIDE_OF_CUT;
  const [blues, reds] = [rangesOf({ side, cells: blue }, aside), rangesOf({ side, cells: red }, aside)];
  for (let at = 0; at < blue.length; at += 1) {
    const [itsBlue, itsRed] = [small.blueness.cells[at] ?? 0, small.redness.cells[at] ?? 0];
    const apart = Math.hypot(outside(blues, at, itsBlue), outside(reds, at, itsRed));
    const strength = Math.max(Math.hypot(itsBlue, itsRed), Math.hypot(blue[at] ?? 0, red[at] ?? 0));
    if (apart > COLOUR_SHIFT + COLOUR_SHIFT_SHARE * strength) return false;
  }
  return true;
}

function isWhole({ width, height }: Part): boolean {
  return Math.min(width, height) > 1 - CUT;
}
