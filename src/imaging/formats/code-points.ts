import type { Primaries, ToneCurve } from './icc-profile.ts';

const D65 = [0.3127, 0.329] as const;
/** The primaries of sRGB and HDTV. */
export const SRGB_PRIMARIES: Primaries = {
  white: D65,
  red: [0.64, 0.33],
  green: [0.3, 0.6],
  blue: [0.15, 0.06],
};
const NTSC: Primaries = { white: D65, red: [0.63, 0.34], green: [0.31, 0.595], blue: [0.155, 0.07] };

/** @see https://www.itu.int/rec/T-REC-H.273 (table 2) */
const PRIMARIES: ReadonlyMap<number, Primaries> = new Map([
  [1, SRGB_PRIMARIES],
  [5, { white: D65, red: [0.64, 0.33], green: [0.29, 0.6], blue: [0.15, 0.06] }],
  [6, NTSC],
  [7, NTSC],
  [9, { white: D65, red: [0.708, 0.292], green: [0.17, 0.797], blue: [0.131, 0.046] }],
  [11, { white: [0.314, 0.351], red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06] }],
  [12, { white: D65, red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06] }],
]);

/** The curve of sRGB. @see https://www.w3.org/Graphics/Color/sRGB.html */
export const SRGB_CURVE: ToneCurve = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045];

/** HDTV as displays show it, not as cameras record it. @see https://www.itu.int/rec/R-REC-BT.1886 */
const HDTV = powerCurve(2.4);
/** Curves up to normal white; the curves of HDR go beyond it. @see the same (table 3) */
const CURVES: ReadonlyMap<number, ToneCurve> = new Map([
  [1, HDTV],
  [4, powerCurve(2.2)],
  [5, powerCurve(2.8)],
  [6, HDTV],
  [8, powerCurve(1)],
  [13, SRGB_CURVE],
  [14, HDTV],
  [15, HDTV],
]);
/** The code point for unspecified colours. */
const UNKNOWN = 2;

/**
 * Translates two code points to colours.
 * @returns `srgb` if one of them is unspecified, since browsers show sRGB then; null for HDR and rare
 *   colours, which cannot be converted
 */
export function coloursAt(
  primaries: number,
  curve: number,
): { readonly primaries: Primaries; readonly curve: ToneCurve } | 'srgb' | null {
  if (primaries === UNKNOWN || curve === UNKNOWN || (primaries === 1 && curve === 13)) return 'srgb';
  const [lights, tones] = [PRIMARIES.get(primaries), CURVES.get(curve)];
  return lights === undefined || tones === undefined ? null : { primaries: lights, curve: tones };
}

/** Light as a power of the stored value. */
export function powerCurve(power: number): ToneCurve {
  return [power, 1, 0, 0, 0];
}
