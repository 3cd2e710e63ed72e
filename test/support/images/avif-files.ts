import sharp, { type Sharp } from 'sharp';

/** One picture of an AVIF file and the properties that the file states about it. */
export interface AvifPart {
  readonly picture: Sharp;
  /** Stated size; default: the picture's; null: none. */
  readonly size?: readonly [width: number, height: number] | null;
  /** Stated bits per channel. */
  readonly depth?: number;
  /** A rotation by 90 degrees, and whether readers must support it. */
  readonly turn?: 'essential' | 'optional';
  /** Code points of primaries, curve and matrix. */
  readonly colours?: readonly [primaries: number, curve: number, matrix: number];
  /** Number, from 1, of the part that this one is the alpha channel of. */
  readonly alphaOf?: number;
}

/** How the parts form a file. */
export interface AvifOptions {
  /** Number, from 1, of the primary item. */
  readonly primary?: number;
  /** Number of frames of an animation; 0: a still file. */
  readonly frames?: number;
  /** Whether the file has a still picture beside the animation. */
  readonly hasStill?: boolean;
}

interface Coded {
  readonly part: AvifPart;
  readonly width: number;
  readonly height: number;
  readonly coding: Buffer;
  readonly data: Buffer;
}

/** Puts pictures encoded by sharp into one AVIF file. @see https://aomediacodec.github.io/av1-avif/ */
export async function avifFile(parts: readonly AvifPart[], options: AvifOptions = {}): Promise<Buffer> {
  const { primary = 1, frames = 0, hasStill = true } = options;
  const coded = await Promise.all(parts.map(codedPart));
  const brand = frames === 0 ? 'avif' : 'avis';
  const type = box('ftyp', text(brand), u32(0), text(`${brand}avifmif1miaf`));
  const rest = frames === 0 ? [] : [movie(frames)];
  const metaAt = (offset: number): Buffer => (hasStill ? meta(coded, primary, offset) : Buffer.alloc(0));
  const dataAt = type.length + metaAt(0).length + Buffer.concat(rest).length + 8;
  return Buffer.concat([type, metaAt(dataAt), ...rest, box('mdat', ...coded.map(({ data }) => data))]);
}

/** Extracts the coded picture from a file written by sharp. */
async function codedPart(part: AvifPart): Promise<Coded> {
  const { data: file, info } = await part.picture.avif().toBuffer({ resolveWithObject: true });
  const [coding, data] = [file.indexOf('av1C') - 4, file.indexOf('mdat') - 4];
  return {
    part,
    width: info.width,
    height: info.height,
    coding: file.subarray(coding, coding + file.readUInt32BE(coding)),
    data: file.subarray(data + 8, data + file.readUInt32BE(data)),
  };
}

function meta(coded: readonly Coded[], primary: number, offset: number): Buffer {
  let at = offset;
  const places = coded.map(({ data }, index) => {
    at += data.length;
    return [u16(index + 1), u16(0), u16(1), u32(at - data.length), u32(data.length)];
  });
  const infos = coded.map((_one, index) => full('infe', 2, u16(index + 1), u16(0), text('av01\0')));
  const references = coded.flatMap(({ part: { alphaOf } }, index) =>
    alphaOf === undefined ? [] : [box('auxl', u16(index + 1), u16(1), u16(alphaOf))],
  );
  return full(
    'meta',
    0,
    full('hdlr', 0, u32(0), text('pict'), Buffer.alloc(13)),
    full('pitm', 0, u16(primary)),
    full('iloc', 0, u16(0x4400), u16(coded.length), ...places.flat()),
    full('iinf', 0, u16(coded.length), ...infos),
    ...(references.length === 0 ? [] : [full('iref', 0, ...references)]),
    properties(coded),
  );
}

/** The properties of all parts, one after the other. */
function properties(coded: readonly Coded[]): Buffer {
  const all = coded.map(propertiesOf);
  let last = 0;
  const links = all.map((some, index) => {
    const own = some.map(({ isEssential }) => Buffer.from([(isEssential ? 0x80 : 0) | (last += 1)]));
    return Buffer.concat([u16(index + 1), Buffer.from([own.length]), ...own]);
  });
  const boxes = all.flat().map(({ bytes }) => bytes);
  return box('iprp', box('ipco', ...boxes), full('ipma', 0, u32(coded.length), ...links));
}

function propertiesOf({ part, width, height, coding }: Coded) {
  const { size = [width, height], depth, turn, colours, alphaOf } = part;
  const alpha = 'urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0';
  const points = colours === undefined ? [] : [...colours.map(u16), Buffer.from([0x80])];
  const depths = depth === undefined ? [] : [3, depth, depth, depth];
  return [
    { bytes: coding, isEssential: true },
    ...(size === null ? [] : [{ bytes: full('ispe', 0, ...size.map(u32)), isEssential: false }]),
    ...(depths.length === 0 ? [] : [{ bytes: full('pixi', 0, Buffer.from(depths)), isEssential: false }]),
    ...(points.length === 0 ? [] : [{ bytes: box('colr', text('nclx'), ...points), isEssential: false }]),
    ...(turn === undefined
      ? []
      : [{ bytes: box('irot', Buffer.from([1])), isEssential: turn === 'essential' }]),
    ...(alphaOf === undefined ? [] : [{ bytes: full('auxC', 0, text(alpha)), isEssential: true }]),
  ];
}

/** The minimal track tables of an animation. */
function movie(frames: number): Buffer {
  const sizes = full('stsz', 0, u32(1), u32(frames));
  const handler = full('hdlr', 0, u32(0), text('pict'), Buffer.alloc(13));
  return box('moov', box('trak', box('mdia', handler, box('minf', box('stbl', sizes)))));
}

function box(type: string, ...content: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat(content);
  return Buffer.concat([u32(bytes.length + 8), text(type), bytes]);
}

function full(type: string, version: number, ...content: readonly Buffer[]): Buffer {
  return box(type, u32(version * 2 ** 24), ...content);
}

function text(value: string): Buffer {
  return Buffer.from(value, 'latin1');
}

function u16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 255]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** A picture in a single colour. */
export function plainPicture(width: number, height: number, background: string): Sharp {
  return sharp({ create: { width, height, channels: 3, background } });
}
