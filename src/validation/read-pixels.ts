import { asText, read, type Reading, refuse } from './reading.js';

/** Longest side that can be asked for: beyond it no image is small enough to be decoded. */
export const MAX_SIDE_PX = 20_000;

const PLAIN_DIGITS = /^\d{1,9}$/;
const SIZE = /^(\d{1,9})\s*(?:[x×*]|by)\s*(\d{1,9})$/i;

/** Reads a number of pixels, `px` behind it forgiven; blank is null. @param min least that makes sense */
export function readPixels(raw: unknown, min = 1): Reading<number | null> {
  const text = asText(raw)?.normalize('NFKC');
  if (text === undefined) return refuse('field.not_text');
  if (text === '') return read(null);
  const digits = text.replace(/\s*(?:px|pixels?)$/i, '');
  const pixels = PLAIN_DIGITS.test(digits) ? Number(digits) : 0;
  return pixels >= min && pixels <= MAX_SIDE_PX
    ? read(pixels)
    : refuse('pixels.not_whole', { min, max: MAX_SIDE_PX });
}

/** Width and height in pixels. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** Reads `1920x1080`; blank is null. */
export function readExactSize(raw: unknown): Reading<PixelSize | null> {
  const text = asText(raw)?.normalize('NFKC');
  if (text === undefined) return refuse('field.not_text');
  if (text === '') return read(null);
  const [, width, height] = (SIZE.exec(text.replace(/\s*(?:px|pixels?)$/i, '')) ?? []).map(Number);
  const isRight = [width, height].every((side = 0) => side >= 1 && side <= MAX_SIDE_PX);
  return isRight && width !== undefined && height !== undefined
    ? read({ width, height })
    : refuse('exactSize.invalid', { max: MAX_SIDE_PX });
}
