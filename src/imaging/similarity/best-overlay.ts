import type { Features } from './features.js';
import { type Resampler, resamplerFor, fitOf, fitThrough, type Part, WHOLE } from './grid.js';

/** The smallest part that still counts as the same picture, as a share of each side. */
const LEAST_SHARE = 0.78;
const SIZES = [1, 0.95, 0.9, 0.8];
const FIRST_STEP = 0.06;
/** Lower fits are not examined further: after the coarse, the first and the second comparison. */
const CONCEIVABLE = 0.7;
const PROMISING = 0.85;
const MORE_PROMISING = 0.9;
/** Precision of known shapes, since small pictures have few pixels. */
const SHAPE_TOLERANCE = 0.025;
const FINER_STEPS = [0.025, 0.0125];
const FINEST_STEP = 0.006;
const LEAST_GAIN = 1e-4;

/** The position of one picture on another. */
export interface Overlay {
  readonly part: Part;
  /** From -1 to 1. */
  readonly fit: number;
}

/**
 * Lays `small` over every part of `large` that has its shape and finds the best fit: first roughly
 * everywhere, then in finer steps around the best place while that is promising.
 * @returns null if no part is large enough, or none fits at all
 */
export function bestOverlay(large: Features, small: Features): Overlay | null {
  const shape = large.aspect / small.aspect;
  let best = firstOverlay(large, small, shape);
  if (best === null || best.fit < PROMISING) return best;
  const roughFit = (part: Part): number => fitOf(large.middle, part, small.middle);
  best = { part: best.part, fit: roughFit(best.part) };
  for (const step of FINER_STEPS) best = climbed(best, step, shape, roughFit);
  if (best.fit < MORE_PROMISING) return best;
  const fineFit = (part: Part): number => fitOf(large.fine, part, small.fine);
  return climbed({ part: best.part, fit: fineFit(best.part) }, FINEST_STEP, shape, fineFit);
}

function firstOverlay(large: Features, small: Features, shape: number): Overlay | null {
  let best: Overlay | null = null;
  for (const { part, coarse, resampler } of firstParts(shape)) {
    if (fitThrough(coarse, large.small, small.coarse) < CONCEIVABLE) continue;
    const fit = fitThrough(resampler, large.middle, small.small);
    if (best === null || fit > best.fit) best = { part, fit };
  }
  return best;
}

interface FirstPart {
  readonly part: Part;
  readonly coarse: Resampler;
  readonly resampler: Resampler;
}

/** The first parts to try, by the hundredth of a shape; there are about fifty shapes. */
const knownParts = new Map<number, readonly FirstPart[]>();

function firstParts(shape: number): readonly FirstPart[] {
  const hundredths = Math.round(shape * 100);
  const known = knownParts.get(hundredths);
  if (known !== undefined) return known;
  const made = partsOf(shape).map((part) => ({
    part,
    coarse: resamplerFor(8, part, 4),
    resampler: resamplerFor(16, part, 8),
  }));
  knownParts.set(hundredths, made);
  return made;
}

/** Parts of a shape, of every size and at every place. @param shape height by width, as shares */
function partsOf(shape: number): Part[] {
  if (Math.abs(shape - 1) < SHAPE_TOLERANCE)
    return [WHOLE, ...SIZES.slice(1).flatMap((size) => placesOf(size, size))];
  return SIZES.flatMap((size) => {
    const [width, height] = shape < 1 ? [size, size * shape] : [size / shape, size];
    return placesOf(width, height);
  });
}

function placesOf(width: number, height: number): Part[] {
  if (Math.min(width, height) < LEAST_SHARE) return [];
  return stepsTo(1 - width).flatMap((left) =>
    stepsTo(1 - height).map((top) => ({ left, top, width, height })),
  );
}

function stepsTo(most: number): number[] {
  const count = Math.ceil(most / FIRST_STEP - 1e-9);
  return Array.from({ length: count + 1 }, (_step, at) => (count === 0 ? most / 2 : (most * at) / count));
}

/** Moves to better places, one step at a time. */
function climbed(from: Overlay, step: number, shape: number, fitAt: (part: Part) => number): Overlay {
  let best = from;
  for (let next: Overlay | null = best; next !== null; next = betterAround(best, step, shape, fitAt))
    best = next;
  return best;
}

function betterAround(
  { part, fit }: Overlay,
  step: number,
  shape: number,
  fitAt: (part: Part) => number,
): Overlay | null {
  let best: Overlay | null = null;
  for (const near of neighboursOf(part, step, shape)) {
    const found = fitAt(near);
    if (found > (best?.fit ?? fit + LEAST_GAIN)) best = { part: near, fit: found };
  }
  return best;
}

/** Parts one step away: moved, or grown or shrunk about a side or the middle, as far as the shape allows. */
function neighboursOf(part: Part, step: number, shape: number): Part[] {
  const { left, top, width, height } = part;
  const all = [-step, step].flatMap((by): Part[] => [
    { ...part, left: left + by },
    { ...part, top: top + by },
    { ...part, height: height + by },
    { ...part, width: width + by, height: height + by * shape },
    { left: left - by / 2, top: top - (by * shape) / 2, width: width + by, height: height + by * shape },
  ]);
  return all.filter(
    (near) => isInside(near) && Math.abs(near.height / near.width / shape - 1) < 2 * SHAPE_TOLERANCE,
  );
}

function isInside({ left, top, width, height }: Part): boolean {
  const slack = 0.005;
  if (Math.min(width, height) < LEAST_SHARE) return false;
  return left > -slack && top > -slack && left + width < 1 + slack && top + height < 1 + slack;
}
