/** Side of the grey square a fingerprint is made from, in pixels. */
export const FINGERPRINT_SIDE = 32;
const LOW_SIDE = 8;

/** Cosines of the lowest frequencies, one row for each. */
const COSINES = Array.from({ length: LOW_SIDE }, (_row, frequency) =>
  Array.from({ length: FINGERPRINT_SIDE }, (_cell, place) =>
    Math.cos(((2 * place + 1) * (frequency + 1) * Math.PI) / (2 * FINGERPRINT_SIDE)),
  ),
);

/**
 * Makes a 64-bit perceptual fingerprint: for the 8 × 8 lowest frequencies of the picture (without the mean),
 * whether each is above their median. Scaling, recompression and a change of brightness move few bits.
 * @param grey 32 × 32 luminance values, row by row
 * @returns 16 hex digits
 * @throws RangeError for another number of values
 */
export function fingerprintOf(grey: Uint8Array): string {
  if (grey.length !== FINGERPRINT_SIDE ** 2) throw new RangeError(`${grey.length} values are no fingerprint`);
  const rows = Array.from({ length: FINGERPRINT_SIDE }, (_cell, row) =>
    weigh([...grey.subarray(row * FINGERPRINT_SIDE, (row + 1) * FINGERPRINT_SIDE)]),
  );
  const frequencies = Array.from({ length: LOW_SIDE }, (_cell, column) =>
    weigh(rows.map((row) => row[column] ?? 0)),
  ).flat();
  const median = [...frequencies].toSorted((a, b) => a - b)[frequencies.length / 2] ?? 0;
  const bits = frequencies.map((value) => (value >= median ? '1' : '0')).join('');
  return BigInt(`0b${bits}`).toString(16).padStart(16, '0');
}

function weigh(line: readonly number[]): number[] {
  return COSINES.map((cosine) => cosine.reduce((sum, factor, place) => sum + factor * (line[place] ?? 0), 0));
}

/** How many of the 64 bits two fingerprints differ in; 0 means alike. */
export function fingerprintDistance(one: string, other: string): number {
  const differing = BigInt(`0x${one}`) ^ BigInt(`0x${other}`);
  return differing.toString(2).replaceAll('0', '').length;
}
