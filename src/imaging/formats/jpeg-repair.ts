import { isFrame, jpegSegments, START_OF_SCAN } from './jpeg-segments.ts';

const [APP0, APP14] = [0xe0, 0xee];
/** Frames with sequential coding: each scan has all coefficients, from 0 to 63. */
const SEQUENTIAL = new Set([0xc0, 0xc1, 0xc9]);
const LAST_COEFFICIENT = 63;
const JFIF_VERSION = 1;
/** Adobe's colour transforms by the number of components; libjpeg treats any other value as the last one. */
const ADOBE_KINDS = new Map([
  [3, [0, 1]],
  [4, [0, 2]],
]);

/**
 * A copy of a JPEG without harmless faults that libjpeg warns about, fixed as libjpeg reads them: stray bytes
 * between headers, the coefficients of a sequential scan, the JFIF version, Adobe's colour transform. libjpeg
 * reports only its first warning, so only this copy shows damage after such a fault.
 * @returns null if there is nothing to fix
 * @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf and https://www.w3.org/Graphics/JPEG/jfif3.pdf
 */
export function withoutOddities(file: Buffer): Buffer | null {
  const mended = Buffer.from(file);
  const parts = [mended.subarray(0, 2)];
  let [frame, adobe, hasScan] = [0, 0, false];
  for (const { marker, start, end } of jpegSegments(mended)) {
    if (end > mended.length) return null;
    if (!hasScan) parts.push(mended.subarray(start, marker === START_OF_SCAN ? mended.length : end));
    if (isFrame(marker)) {
      frame = marker;
      mendAdobe(mended, adobe, mended[start + 9] ?? 0);
    } else if (marker === APP0) mendJfif(mended, start + 4);
    else if (marker === APP14) adobe = start + 4;
    else if (marker === START_OF_SCAN) {
      hasScan = true;
      if (SEQUENTIAL.has(frame)) mendScan(mended, start + 4);
    }
  }
  const whole = Buffer.concat(parts);
  return !hasScan || whole.equals(file) ? null : whole;
}

function mendScan(file: Buffer, at: number): void {
  const range = at + 1 + 2 * (file[at] ?? 0);
  file.set([0, LAST_COEFFICIENT, 0], range);
}

function mendJfif(file: Buffer, at: number): void {
  if (file.toString('latin1', at, at + 5) === 'JFIF\0') file[at + 5] = JFIF_VERSION;
}

function mendAdobe(file: Buffer, at: number, components: number): void {
  const kinds = ADOBE_KINDS.get(components) ?? [];
  if (at === 0 || kinds.length === 0 || file.toString('latin1', at, at + 5) !== 'Adobe') return;
  if (!kinds.includes(file[at + 11] ?? 0)) file[at + 11] = kinds.at(-1) ?? 0;
}
