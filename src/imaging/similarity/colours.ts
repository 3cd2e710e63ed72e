import type { Choice } from '../../jobs/request/request-fields.js';
import { chroma, type Pixel, pixelAt, MINIATURE_SIDE, type Miniature } from './miniature.js';

type Color = Choice<'color'>;
/** A possible main colour of a picture. */
type Hue = Exclude<Color, 'color' | 'gray' | 'transparent'>;

/** Chroma below this looks grey to people; the maximum is 128. */
const GREY_CHROMA = 8;
/** Minimum share of coloured, or transparent, pixels in a coloured or transparent picture. */
const LEAST_COLOURED = 0.02;
const LEAST_TRANSPARENT = 0.02;
/** Minimum share of pixels of a colour in a picture that is mostly of that colour. */
const LEAST_SHARE = 0.15;
const TRANSPARENT_ALPHA = 128;

/** Whether a picture fits the colour filter. Main colours are judged generously. */
export function hasColour(miniature: Miniature, wanted: Color): boolean {
  const pixels = Array.from({ length: MINIATURE_SIDE ** 2 }, (_pixel, place) => pixelAt(miniature, place));
  const seen = pixels.filter(({ alpha }) => alpha >= TRANSPARENT_ALPHA);
  if (wanted === 'transparent') return seen.length <= (1 - LEAST_TRANSPARENT) * pixels.length;
  const coloured = seen.filter((pixel) => strengthOf(pixel) >= GREY_CHROMA).length;
  if (wanted === 'color') return coloured >= LEAST_COLOURED * pixels.length;
  if (wanted === 'gray') return coloured < LEAST_COLOURED * pixels.length;
  return shareOf(wanted, seen) >= LEAST_SHARE;
}

function shareOf(wanted: Hue, pixels: readonly Pixel[]): number {
  return pixels.filter((pixel) => huesOf(pixel).includes(wanted)).length / Math.max(1, pixels.length);
}

function strengthOf(pixel: Pixel): number {
  return Math.hypot(...chroma(pixel));
}

/**
 * Ranges of hue in degrees, including their ends. Neighbours overlap because people's words for colours do.
 */
const HUES: readonly (readonly [Hue, from: number, to: number])[] = [
  ['red', -18, 16],
  ['orange', 12, 46],
  ['yellow', 40, 70],
  ['green', 66, 168],
  ['teal', 160, 200],
  ['blue', 190, 262],
  ['purple', 255, 318],
  ['pink', 300, 348],
];

/** The words that people may use for a pixel's colour. */
function huesOf(pixel: Pixel): Hue[] {
  const { red, green, blue } = pixel;
  const [least, most] = [Math.min(red, green, blue), Math.max(red, green, blue)];
  const span = most - least;
  if (most < 50) return ['black'];
  if (span < 24) return least > 215 ? ['white'] : [];
  const hue = hueOf(pixel, most, span);
  const named = HUES.filter(([, from, to]) => isWithin(hue, from, to)).map(([name]) => name);
  const isBrown = isWithin(hue, 5, 48) && most < 180;
  const isPink = isWithin(hue, -18, 20) && least > 110;
  return [...named, ...(isBrown ? (['brown'] as const) : []), ...(isPink ? (['pink'] as const) : [])];
}

function isWithin(hue: number, from: number, to: number): boolean {
  return (hue >= from && hue <= to) || (hue - 360 >= from && hue - 360 <= to);
}

/** From 0 to 360. @see https://en.wikipedia.org/wiki/HSL_and_HSV */
function hueOf({ red, green, blue }: Pixel, most: number, span: number): number {
  if (most === red) return (60 * ((green - blue) / span) + 360) % 360;
  return 60 * (most === green ? (blue - red) / span + 2 : (red - green) / span + 4);
}
