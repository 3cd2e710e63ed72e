import { chroma, lightness, pixelAt, VIEW_BYTES, VIEW_SIDE, type View } from './view.js';

/** Side of a fingerprint's grey picture, in cells. */
export const GREY_SIDE = 32;
/** Side of its colours, in cells. */
export const COLOUR_SIDE = 4;

const VERSION = 2;
const HEAD_BYTES = 5;
const CHROMA_BYTES = 2 * COLOUR_SIDE ** 2;
const GREY_BYTES = GREY_SIDE ** 2 / 2;
const LEVELS = 15;
/** Steps of the aspect's logarithm: a step is less than a fiftieth of a per cent. */
const ASPECT_STEPS = 4096;
const ASPECT_ZERO = 32_768;

/** What a fingerprint says about a picture. */
export interface Print {
  /** Width by height as seen. */
  readonly aspect: number;
  /** 32 × 32 lightness values from 0 to 255. */
  readonly grey: Float32Array;
  /** 4 × 4 pairs of chroma values. */
  readonly chroma: Float32Array;
}

/**
 * Makes a perceptual fingerprint: the picture as 32 × 32 greys of 16 levels between its darkest and lightest,
 * 4 × 4 colours, and its shape. Scaling, recompression and a change of brightness hardly move it, and since it is
 * still a picture, a cropped copy can be laid over its original.
 * @param aspect width by height as seen
 * @returns 732 characters, base64url
 * @throws RangeError for another number of bytes
 */
export function fingerprintOf(view: View, aspect: number): string {
  if (view.length !== VIEW_BYTES) throw new RangeError(`${view.length} bytes are no view`);
  const light = new Float32Array(VIEW_SIDE ** 2);
  const colour = new Float32Array(2 * VIEW_SIDE ** 2);
  for (let place = 0; place < light.length; place += 1) {
    const pixel = pixelAt(view, place);
    light[place] = lightness(pixel);
    colour.set(chroma(pixel), 2 * place);
  }
  const grey = cellsOf(light, 1, VIEW_SIDE, GREY_SIDE);
  const colours = cellsOf(colour, 2, VIEW_SIDE, COLOUR_SIDE);
  const [darkest, lightest] = [Math.min(...grey), Math.max(...grey)];
  const bytes = Buffer.alloc(HEAD_BYTES + CHROMA_BYTES + GREY_BYTES);
  bytes[0] = VERSION;
  bytes[1] = Math.floor(darkest);
  bytes[2] = Math.ceil(lightest);
  bytes.writeUInt16BE(ASPECT_ZERO + Math.round(ASPECT_STEPS * clamp(Math.log2(aspect), 7)), 3);
  colours.forEach((value, at) => bytes.writeInt8(Math.round(clamp(value, 127)), HEAD_BYTES + at));
  const scale = LEVELS / Math.max(1, Math.ceil(lightest) - Math.floor(darkest));
  const levels = grey.map((value) => Math.round((value - Math.floor(darkest)) * scale));
  for (let at = 0; at < GREY_BYTES; at += 1)
    bytes[HEAD_BYTES + CHROMA_BYTES + at] = ((levels[2 * at] ?? 0) << 4) | (levels[2 * at + 1] ?? 0);
  return bytes.toString('base64url');
}

/** Reads a fingerprint. @returns null for one that an earlier version made */
export function readFingerprint(text: string): Print | null {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== HEAD_BYTES + CHROMA_BYTES + GREY_BYTES || bytes[0] !== VERSION) return null;
  const [darkest = 0, lightest = 0] = bytes.subarray(1);
  const step = Math.max(1, lightest - darkest) / LEVELS;
  const packed = bytes.subarray(HEAD_BYTES + CHROMA_BYTES);
  const grey = Float32Array.from({ length: GREY_SIDE ** 2 }, (_cell, at) => {
    const pair = packed[at >> 1] ?? 0;
    return darkest + step * (at % 2 === 0 ? pair >> 4 : pair & 15);
  });
  const colours = Float32Array.from({ length: CHROMA_BYTES }, (_cell, at) => bytes.readInt8(HEAD_BYTES + at));
  return { aspect: 2 ** ((bytes.readUInt16BE(3) - ASPECT_ZERO) / ASPECT_STEPS), grey, chroma: colours };
}

/** The means of a grid's cells, row by row, the values of one cell after the other. */
function cellsOf(values: Float32Array, width: number, from: number, side: number): Float32Array {
  const span = from / side;
  const sums = new Float32Array(side * side * width);
  for (let at = 0; at < values.length; at += 1) {
    const place = Math.floor(at / width);
    const cell = Math.floor(place / from / span) * side + Math.floor((place % from) / span);
    const to = cell * width + (at % width);
    sums[to] = (sums[to] ?? 0) + (values[at] ?? 0) / span ** 2;
  }
  return sums;
}

function clamp(value: number, most: number): number {
  return Math.min(most, Math.max(-most, value));
}
