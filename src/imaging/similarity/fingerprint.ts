import {
  BLUENESS,
  lightnessOf,
  REDNESS,
  MINIATURE_BYTES,
  MINIATURE_SIDE,
  type Miniature,
} from './miniature.js';

/** Side of a fingerprint's grey picture, in cells. */
export const GREY_SIDE = 64;
/** Side of its colours, in cells. */
export const COLOUR_SIDE = 8;

const VERSION = 3;
const HEAD_BYTES = 5;
const CHROMA_BYTES = 2 * COLOUR_SIDE ** 2;
const GREY_BYTES = GREY_SIDE ** 2 / 2;
const LEVELS = 15;
/** Steps of the aspect's logarithm: one step is less than 0.02 %. */
const ASPECT_STEPS = 4096;
const ASPECT_ZERO = 32_768;

/** The decoded content of a fingerprint. */
export interface Print {
  /** Width by height as seen. */
  readonly aspect: number;
  /** 64 × 64 lightness values from 0 to 255. */
  readonly grey: Float32Array;
  /** 8 × 8 pairs of chroma values. */
  readonly chroma: Float32Array;
}

/**
 * Makes a perceptual fingerprint: the picture as 64 × 64 greys of 16 levels between its darkest and lightest,
 * 8 × 8 colours, and its aspect ratio. Scaling, recompression and changed brightness hardly change it. Since
 * it is still a picture, a cropped copy can be laid over its original.
 * @param aspect width by height as seen
 * @returns 2908 characters, base64url
 * @throws RangeError if the miniature has another number of bytes
 */
export function fingerprintOf(miniature: Miniature, aspect: number): string {
  if (miniature.length !== MINIATURE_BYTES)
    throw new RangeError(`${miniature.length} bytes are no miniature`);
  const { grey, colours } = cellsOf(miniature);
  let [darkest, lightest] = [255, 0];
  for (const value of grey) {
    darkest = Math.min(darkest, value);
    lightest = Math.max(lightest, value);
  }
  [darkest, lightest] = [Math.floor(darkest), Math.ceil(lightest)];
  const bytes = Buffer.alloc(HEAD_BYTES + CHROMA_BYTES + GREY_BYTES);
  bytes[0] = VERSION;
  bytes[1] = darkest;
  bytes[2] = lightest;
  bytes.writeUInt16BE(ASPECT_ZERO + Math.round(ASPECT_STEPS * clamp(Math.log2(aspect), 7)), 3);
  for (let at = 0; at < CHROMA_BYTES; at += 1)
    bytes.writeInt8(Math.round(clamp(colours[at] ?? 0, 127)), HEAD_BYTES + at);
  const scale = LEVELS / Math.max(1, lightest - darkest);
  const levelAt = (cell: number): number => Math.round(((grey[cell] ?? 0) - darkest) * scale);
  for (let at = 0; at < GREY_BYTES; at += 1)
    bytes[HEAD_BYTES + CHROMA_BYTES + at] = (levelAt(2 * at) << 4) | levelAt(2 * at + 1);
  return bytes.toString('base64url');
}

/** Decodes a fingerprint. @returns null if an earlier version made it */
export function readFingerprint(text: string): Print | null {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== HEAD_BYTES + CHROMA_BYTES + GREY_BYTES || bytes[0] !== VERSION) return null;
  const [darkest = 0, lightest = 0] = bytes.subarray(1);
  const step = Math.max(1, lightest - darkest) / LEVELS;
  const packed = bytes.subarray(HEAD_BYTES + CHROMA_BYTES);
  const grey = new Float32Array(GREY_SIDE ** 2);
  for (let cell = 0; cell < grey.length; cell += 1) {
    const pair = packed[cell >> 1] ?? 0;
    grey[cell] = darkest + step * (cell % 2 === 0 ? pair >> 4 : pair & 15);
  }
  const colours = new Float32Array(CHROMA_BYTES);
  for (let at = 0; at < CHROMA_BYTES; at += 1) colours[at] = bytes.readInt8(HEAD_BYTES + at);
  return { aspect: 2 ** ((bytes.readUInt16BE(3) - ASPECT_ZERO) / ASPECT_STEPS), grey, chroma: colours };
}

/**
 * Means of the lightness of 64 × 64 cells and of the chroma of 8 × 8, blue and red. This runs for every
 * picture of a job during downloads, so it allocates nothing for single pixels.
 */
function cellsOf(miniature: Miniature): { readonly grey: Float32Array; readonly colours: Float32Array } {
  const grey = new Float32Array(GREY_SIDE ** 2);
  const colours = new Float32Array(CHROMA_BYTES);
  const [fine, coarse] = [MINIATURE_SIDE / GREY_SIDE, MINIATURE_SIDE / COLOUR_SIDE];
  for (let y = 0; y < MINIATURE_SIDE; y += 1)
    for (let x = 0; x < MINIATURE_SIDE; x += 1) {
      const at = 4 * (y * MINIATURE_SIDE + x);
      const paper = 255 - (miniature[at + 3] ?? 255);
      const ink = 1 - paper / 255;
      const red = (miniature[at] ?? 0) * ink + paper;
      const blue = (miniature[at + 2] ?? 0) * ink + paper;
      const light = lightnessOf(red, (miniature[at + 1] ?? 0) * ink + paper, blue);
      const cell = Math.floor(y / fine) * GREY_SIDE + Math.floor(x / fine);
      grey[cell] = (grey[cell] ?? 0) + light / fine ** 2;
      const patch = 2 * (Math.floor(y / coarse) * COLOUR_SIDE + Math.floor(x / coarse));
      colours[patch] = (colours[patch] ?? 0) + (blue - light) * (BLUENESS / coarse ** 2);
      colours[patch + 1] = (colours[patch + 1] ?? 0) + (red - light) * (REDNESS / coarse ** 2);
    }
  return { grey, colours };
}

function clamp(value: number, most: number): number {
  return Math.min(most, Math.max(-most, value));
}
