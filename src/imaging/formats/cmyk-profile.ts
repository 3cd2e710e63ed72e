import { D50, profile, tag } from './icc-profile.ts';

/** Points along each ink; colours between them are off by less than one of 255. */
const STEPS = 17;
const FULL = 65_535;
/** sRGB seen beside D50. @see http://www.brucelindbloom.com/Eqn_RGB_XYZ_Matrix.html */
const XYZ_OF_SRGB = [
  [0.4360747, 0.3850649, 0.1430804],
  [0.2225045, 0.7168786, 0.0606169],
  [0.0139322, 0.0971045, 0.7141733],
] as const;

let made: Buffer | null = null;

/**
 * The profile for CMYK pictures without one, as browsers show them: each ink reduces one primary of sRGB, and
 * black reduces all of them.
 * @see https://www.color.org/specification/ICC.1-2022-05.pdf (10.10, lut16Type)
 */
export function cmykProfile(): Buffer {
  made ??= profile('prtr', 'CMYK', 'Lab ', { A2B0: tag('mft2', colourTable()) });
  return made;
}

function colourTable(): Buffer {
  const head = Buffer.alloc(44);
  head.set([4, 3, STEPS]);
  for (const diagonal of [4, 20, 36]) head.writeUInt32BE(65_536, diagonal);
  head.writeUInt16BE(2, 40);
  head.writeUInt16BE(2, 42);
  const straight = Buffer.from([0, 0, 0xff, 0xff]);
  const ofInks = Array.from({ length: 4 }, () => straight);
  const ofLab = Array.from({ length: 3 }, () => straight);
  return Buffer.concat([head, ...ofInks, labOfInks(), ...ofLab]);
}

/** The colours of all mixtures of inks; black changes fastest. */
function labOfInks(): Buffer {
  const table = Buffer.alloc(6 * STEPS ** 4);
  const light = Array.from({ length: STEPS }, (_step, index) => 1 - index / (STEPS - 1));
  let at = 0;
  for (const red of light)
    for (const green of light)
      for (const blue of light)
        for (const paper of light) {
          const [lightness, a, b] = labOf([red * paper, green * paper, blue * paper]);
          for (const value of [lightness * 652.8, (a + 128) * 256, (b + 128) * 256])
            at = table.writeUInt16BE(Math.min(FULL, Math.max(0, Math.round(value))), at);
        }
  return table;
}

/** @see http://www.brucelindbloom.com/Eqn_XYZ_to_Lab.html */
function labOf(srgb: readonly [number, number, number]): [lightness: number, a: number, b: number] {
  const [r, g, b] = [linear(srgb[0]), linear(srgb[1]), linear(srgb[2])];
  const [x = 0, y = 0, z = 0] = XYZ_OF_SRGB.map((row, at) =>
    cubeRoot((row[0] * r + row[1] * g + row[2] * b) / (D50[at] ?? 1)),
  );
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function cubeRoot(value: number): number {
  return value > 216 / 24_389 ? Math.cbrt(value) : (24_389 / 27 / 116) * value + 16 / 116;
}

/** @see https://www.w3.org/Graphics/Color/sRGB.html */
function linear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
