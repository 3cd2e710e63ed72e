import { deflateSync } from 'node:zlib';
import { coloursAt, powerCurve, SRGB_PRIMARIES } from './code-points.ts';
import { FileFault } from './file-fault.ts';
import { type Chromaticity, greyProfile, type Primaries, rgbProfile, type ToneCurve } from './icc-profile.ts';
import { pngChunk, type PngChunk, pngChunks } from './png-file.ts';

const COLOUR_CHUNKS = new Set(['cICP', 'iCCP', 'sRGB', 'gAMA', 'cHRM']);
/** The unit of gAMA and cHRM. */
const UNIT = 100_000;
/** A power this near to that of a screen counts as equal, as in libpng. */
const SAME_POWER = 0.05;
const SCREEN_POWER = 2.2;
const [LEAST_POWER, MOST_POWER] = [1.7, 3];

/** The colours of a PNG; `srgb` also if it does not state them. */
type PngColours = 'profile' | 'srgb' | { readonly primaries: Primaries; readonly curve: ToneCurve };

/**
 * A PNG whose colours libvips shows as browsers do. libvips knows profiles, but neither gAMA and cHRM nor
 * cICP, which has priority over a profile; so a profile takes their place.
 * @returns the same file if nothing has to change
 * @throws FileFault for HDR and rare colours
 * @see https://www.w3.org/TR/png-3/#color-chunk-precendence
 */
export function withTrueColours(file: Buffer): Buffer {
  const chunks = [...pngChunks(file)];
  const colours = coloursOf(chunks);
  const isPlain = colours === 'srgb' && !chunks.some(({ type }) => type === 'iCCP');
  if (colours === 'profile' || isPlain) return file;
  const [head, ...others] = chunks;
  if (head === undefined) return file;
  if (colours !== 'srgb' && head.data[8] === 16) assertConvertible(colours.curve);
  const isColoured = ((head.data[9] ?? 0) & 2) !== 0;
  const kept = others.filter(({ type }) => !COLOUR_CHUNKS.has(type));
  return Buffer.concat([
    file.subarray(0, head.end),
    ...(colours === 'srgb' ? [] : [profileChunk(colours, isColoured)]),
    ...kept.map(({ start, end }) => file.subarray(start, end)),
  ]);
}

function coloursOf(chunks: readonly PngChunk[]): PngColours {
  const data = new Map(chunks.toReversed().map((chunk) => [chunk.type, chunk.data]));
  const points = data.get('cICP');
  if (points?.length === 4) {
    const colours = coloursAt(points[0] ?? 0, points[1] ?? 0);
    if (colours === null) throw new FileFault('its colours are those of HDR, or rare');
    return colours;
  }
  if (data.has('iCCP')) return 'profile';
  const gamma = data.get('gAMA');
  if (data.has('sRGB') || gamma?.length !== 4 || gamma.readUInt32BE(0) === 0) return 'srgb';
  const power = UNIT / gamma.readUInt32BE(0);
  const primaries = primariesOf(data.get('cHRM'));
  const isOfScreen = Math.abs(SCREEN_POWER / power - 1) < SAME_POWER;
  if (primaries === null && isOfScreen) return 'srgb';
  return { primaries: primaries ?? SRGB_PRIMARIES, curve: powerCurve(power) };
}

/** @throws FileFault for 16 bits with a curve for which the decoder has too few points */
function assertConvertible([power]: ToneCurve): void {
  if (power < LEAST_POWER || power > MOST_POWER) throw new FileFault('its tones of 16 bits are rare ones');
}

function primariesOf(data: Buffer | undefined): Primaries | null {
  if (data?.length !== 32) return null;
  const point = (at: number): Chromaticity => [
    data.readUInt32BE(at) / UNIT,
    data.readUInt32BE(at + 4) / UNIT,
  ];
  const [white, red, green, blue] = [point(0), point(8), point(16), point(24)];
  return [white, red, green, blue].some(([, y]) => y === 0) ? null : { white, red, green, blue };
}

function profileChunk({ primaries, curve }: Exclude<PngColours, string>, isColoured: boolean): Buffer {
  const profile = isColoured ? rgbProfile(primaries, curve) : greyProfile(curve);
  return pngChunk('iCCP', Buffer.concat([Buffer.from('made\0\0', 'latin1'), deflateSync(profile)]));
}
