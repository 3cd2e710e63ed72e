import { cmykProfile } from './cmyk-profile.ts';
import { isFrame, jpegHeaders, type JpegSegment } from './jpeg-segments.ts';

const [APP2, APP14] = [0xe2, 0xee];
const PROFILE = 'ICC_PROFILE\0';
/** The head of a profile segment: marker, length, name, number of the segment and number of all segments. */
const PROFILE_HEAD_BYTES = 4 + PROFILE.length + 2;
const MOST_PROFILE_BYTES = 65_000;
/** States that inks are stored as browsers expect: as the amount that is missing. */
const ADOBE = Buffer.from('ffee000e41646f626500640000000000', 'hex');

/**
 * A JPEG whose inks libvips shows as browsers do. For pictures without a profile libvips uses one in which
 * blue is navy, and it expects Adobe's marker for how inks are stored.
 * @returns the same file if it has no inks or states everything about them
 */
export function withTrueCmyk(file: Buffer): Buffer {
  const segments = [...jpegHeaders(file)];
  const frame = segments.find(({ marker }) => isFrame(marker));
  if (frame === undefined || file[frame.start + 9] !== 4) return file;
  const profiles = segments.filter((segment) => isOf(file, segment, APP2, PROFILE));
  const [first] = profiles;
  const hasProfile = first !== undefined && spaceOf(file, first) === 'CMYK';
  const hasAdobe = segments.some((segment) => isOf(file, segment, APP14, 'Adobe'));
  if (hasProfile && hasAdobe) return file;
  const parts = [file.subarray(0, 2), ...(hasAdobe ? [] : [ADOBE]), ...(hasProfile ? [] : profileSegments())];
  const end = segments.at(-1)?.end ?? 2;
  const kept = segments.filter((segment) => hasProfile || !profiles.includes(segment));
  return Buffer.concat([
    ...parts,
    ...kept.map((segment) => file.subarray(segment.start, segment.end)),
    file.subarray(end),
  ]);
}

function isOf(file: Buffer, { marker, start }: JpegSegment, wanted: number, name: string): boolean {
  return marker === wanted && file.toString('latin1', start + 4, start + 4 + name.length) === name;
}

/** The colour space of a profile. @see https://www.color.org/specification/ICC.1-2022-05.pdf (7.2.6) */
function spaceOf(file: Buffer, { start }: JpegSegment): string {
  const at = start + PROFILE_HEAD_BYTES + 16;
  return file.toString('latin1', at, at + 4);
}

function profileSegments(): Buffer[] {
  const profile = cmykProfile();
  const count = Math.ceil(profile.length / MOST_PROFILE_BYTES);
  return Array.from({ length: count }, (_segment, index) => {
    const part = profile.subarray(index * MOST_PROFILE_BYTES, (index + 1) * MOST_PROFILE_BYTES);
    const head = Buffer.alloc(PROFILE_HEAD_BYTES);
    head.set([0xff, APP2]);
    head.writeUInt16BE(PROFILE_HEAD_BYTES - 2 + part.length, 2);
    head.write(PROFILE, 4, 'latin1');
    head.set([index + 1, count], PROFILE_HEAD_BYTES - 2);
    return Buffer.concat([head, part]);
  });
}
