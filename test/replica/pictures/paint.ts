import sharp, { type Sharp } from 'sharp';
import { diceOf, type Dice } from '../dice.ts';
import type { PictureFormat, PicturePlan } from './picture-plan.ts';

/** Cells of the coarse colour grid: enough to keep the perceptual fingerprints of two pictures apart. */
const GRID = 11;
const GRAIN_BYTES = 1 << 18;
const GRAIN_DEPTH = 26;
/** Pixels of the picture, each way, per pixel of the sketch. */
const STEP = 4;

/** Noise over every picture (from a seeded offset), so that files are as large as photographs. */
const GRAIN: Int8Array = grain();

/** Paints and encodes the picture; the same plan always gives the same bytes. */
export async function paint(plan: PicturePlan): Promise<Buffer> {
  const { width, height } = plan;
  const sketch = { width: Math.ceil(width / STEP), height: Math.ceil(height / STEP) };
  const colours = await blurredGrid(plan.key, sketch.width, sketch.height).raw().toBuffer();
  const pixels = enlarge(colours, sketch.width, width, height);
  roughen(pixels, diceOf('grain', plan.key).integer(0, GRAIN_BYTES - 1));
  return encode(sharp(pixels, { raw: { width, height, channels: 3 } }), plan.format).toBuffer();
}

/**
 * Paints the picture as an engine's preview: a small JPEG that looks the same.
 * @param longestPx length of the longer side
 */
export function paintThumbnail(plan: PicturePlan, longestPx: number): Promise<Buffer> {
  const { width, height } = fit(plan, longestPx);
  return blurredGrid(plan.key, width, height).jpeg({ quality: 75 }).toBuffer();
}

/** The size of a picture scaled so that its longer side is `longestPx`. */
export function fit(
  plan: { readonly width: number; readonly height: number },
  longestPx: number,
): { width: number; height: number } {
  const scale = longestPx / Math.max(plan.width, plan.height);
  return { width: Math.round(plan.width * scale), height: Math.round(plan.height * scale) };
}

/** Encodes like the image web: cheap settings, sizes according to `BITS_PER_PIXEL`. */
export function encode(image: Sharp, format: PictureFormat): Sharp {
  switch (format) {
    case 'jpeg':
      return image.jpeg({ quality: 92, optimiseCoding: false });
    case 'png':
      return image.png({ compressionLevel: 2, adaptiveFiltering: false });
    case 'webp':
      return image.webp({ quality: 92, effort: 0 });
    case 'gif':
      return image.gif({ effort: 1, dither: 0 });
    case 'avif':
      return image.avif({ quality: 62, effort: 0 });
  }
}

function blurredGrid(key: string, width: number, height: number): Sharp {
  const raw = { width: GRID, height: GRID, channels: 3 } as const;
  return sharp(gridOf(diceOf('grid', key)), { raw }).resize(width, height, { fit: 'fill', kernel: 'cubic' });
}

/** Cells between two colours, of any brightness, so that no two grids have similar fingerprints. */
function gridOf(dice: Dice): Uint8Array {
  const ends = [0, 1, 2].map(() => [dice.integer(60, 255), dice.integer(60, 255)] as const);
  const cells = new Uint8Array(GRID * GRID * 3);
  for (let cell = 0; cell < GRID * GRID; cell += 1) {
    const [mix, light] = [dice.next(), 0.2 + 0.8 * dice.next()];
    ends.forEach(([from, to], channel) => {
      cells[cell * 3 + channel] = Math.round((from + (to - from) * mix) * light);
    });
  }
  return cells;
}

/**
 * Repeats every pixel STEP times both ways: far cheaper than a smooth resize, and the grain hides the steps.
 */
function enlarge(
  sketch: Uint8Array,
  sketchWidth: number,
  width: number,
  height: number,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    const to = y * width * 3;
    if (y % STEP !== 0) {
      pixels.copyWithin(to, to - width * 3, to);
      continue;
    }
    const from = (y / STEP) * sketchWidth * 3;
    for (let x = 0; x < width; x += 1) {
      const cell = from + Math.floor(x / STEP) * 3;
      pixels[to + x * 3] = sketch[cell] ?? 0;
      pixels[to + x * 3 + 1] = sketch[cell + 1] ?? 0;
      pixels[to + x * 3 + 2] = sketch[cell + 2] ?? 0;
    }
  }
  return pixels;
}

/** One grain value for the three channels of a pixel: brightness noise, like a camera's. */
function roughen(pixels: Uint8ClampedArray, offset: number): void {
  for (let at = 0, cell = offset; at + 2 < pixels.length; at += 3, cell += 1) {
    const bump = GRAIN[cell & (GRAIN_BYTES - 1)] ?? 0;
    pixels[at] = (pixels[at] ?? 0) + bump;
    pixels[at + 1] = (pixels[at + 1] ?? 0) + bump;
    pixels[at + 2] = (pixels[at + 2] ?? 0) + bump;
  }
}

function grain(): Int8Array {
  const dice = diceOf('grain');
  return Int8Array.from({ length: GRAIN_BYTES }, () => dice.integer(-GRAIN_DEPTH, GRAIN_DEPTH));
}
