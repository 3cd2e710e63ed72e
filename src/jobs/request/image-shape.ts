import type { Filters } from './filters.js';

type SizeClass = NonNullable<Filters['size']>;

/** Longest side from which an image is medium, in pixels. */
export const MEDIUM_FROM_PX = 500;
/** Longest side from which an image is large, in pixels. */
export const LARGE_FROM_PX = 1024;

const SQUARE_WITHIN = 0.1;
const PANORAMIC_FROM = 2;

/** The size class of an image of `width` × `height` pixels. */
export function sizeClassOf(width: number, height: number): SizeClass {
  const longest = Math.max(width, height);
  if (longest >= LARGE_FROM_PX) return 'large';
  return longest >= MEDIUM_FROM_PX ? 'medium' : 'small';
}

/** Whether an image of `width` × `height` pixels has an aspect; a panoramic one is wide too. */
export function hasAspect(aspect: NonNullable<Filters['aspect']>, width: number, height: number): boolean {
  const ratio = width / height;
  if (aspect === 'square') return ratio >= 1 - SQUARE_WITHIN && ratio <= 1 + SQUARE_WITHIN;
  if (aspect === 'wide') return ratio > 1 + SQUARE_WITHIN;
  return aspect === 'tall' ? ratio < 1 - SQUARE_WITHIN : ratio >= PANORAMIC_FROM;
}
