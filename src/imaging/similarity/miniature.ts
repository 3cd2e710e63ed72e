/** Side of a Miniature, in pixels. */
export const MINIATURE_SIDE = 64;
const CHANNELS = 4;

/**
 * A whole picture drawn into a square of 64 × 64 RGBA pixels, row by row; its aspect ratio is lost on
 * purpose.
 */
export type Miniature = Uint8Array;

/** The bytes of a Miniature. */
export const MINIATURE_BYTES = MINIATURE_SIDE * MINIATURE_SIDE * CHANNELS;

/** One pixel as it looks on white, each part from 0 to 255. */
export interface Pixel {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  /** Its opacity. */
  readonly alpha: number;
}

/** @returns one pixel of a miniature @param place from 0, row by row */
export function pixelAt(miniature: Miniature, place: number): Pixel {
  const at = place * CHANNELS;
  const alpha = miniature[at + 3] ?? 255;
  const onPaper = (value = 255): number => (value * alpha + 255 * (255 - alpha)) / 255;
  return {
    red: onPaper(miniature[at]),
    green: onPaper(miniature[at + 1]),
    blue: onPaper(miniature[at + 2]),
    alpha,
  };
}

/** Lightness of a colour, from 0 to 255. @see https://www.itu.int/rec/R-REC-BT.601 */
export function lightnessOf(red: number, green: number, blue: number): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

/** Factors from the difference between blue or red and lightness to chroma. */
export const BLUENESS = 0.564;
export const REDNESS = 0.713;

/** Lightness of a pixel, from 0 to 255. */
export function lightness({ red, green, blue }: Pixel): number {
  return lightnessOf(red, green, blue);
}

/** Chroma of a pixel, each from -128 to 128. */
export function chroma(pixel: Pixel): readonly [towardsBlue: number, towardsRed: number] {
  const light = lightness(pixel);
  return [(pixel.blue - light) * BLUENESS, (pixel.red - light) * REDNESS];
}
