import { type AvifItem, type AvifProperty, readAvifMeta } from './avif-items.ts';
import { FileFault, unsupported } from './file-fault.ts';
import { BoxReader, boxAt, boxesIn, boxesWithin, type IsoBox } from './iso-boxes.ts';

const BRAND_AT = 8;

/** Facts of an AVIF file that are known before it is decoded. */
export interface AvifFacts {
  /** 1 for a still picture. */
  readonly frames: number;
  /** Code points of its colours; null if it does not state them or has a profile. */
  readonly colours: { readonly primaries: number; readonly curve: number } | null;
  /** Whether it is grey and may use a range for black and white that libheif does not expect. */
  readonly hasNarrowGreys: boolean;
  /**
   * The file in a form that libvips reads: libvips does not know the brand of moving pictures, but shows the
   * first one.
   */
  readonly readable: Buffer;
}

/**
 * Checks the boxes of an AVIF file and refuses what libvips shows and no browser does: pictures without a
 * size, rotations that readers may ignore, contradicting depths.
 * @throws FileFault
 * @see https://aomediacodec.github.io/av1-avif/
 */
export function readAvif(file: Buffer): AvifFacts {
  try {
    return factsOf(file);
  } catch (error) {
    throw error instanceof RangeError ? new FileFault('AVIF boxes make no sense') : error;
  }
}

function factsOf(file: Buffer): AvifFacts {
  const boxes = [...boxesIn(file, 0, file.length)];
  const isMoving = file.toString('latin1', BRAND_AT, BRAND_AT + 4) === 'avis';
  if (isMoving && boxes.some(({ end }) => end > file.length)) throw new FileFault('AVIF ends early');
  const meta = readAvifMeta(file, boxes);
  const first = meta?.items.find(({ id }) => id === meta.primaryId);
  if (isMoving && first === undefined) throw unsupported('moving avif without a still picture');
  if (meta?.isAmbiguous === true) throw new FileFault('AVIF picture is put together in an unclear way');
  for (const item of meta?.items ?? []) checkItem(file, item);
  return {
    frames: isMoving ? framesIn(file, boxes) : 1,
    colours: first === undefined ? null : coloursOf(file, first),
    hasNarrowGreys: first !== undefined && hasNarrowGreys(file, first),
    readable: isMoving ? asStill(file, boxes) : file,
  };
}

function checkItem(file: Buffer, { type, properties, isThumbnail }: AvifItem): void {
  if (isThumbnail || (type !== 'av01' && type !== 'grid')) return;
  const size = properties.find((one) => one.type === 'ispe');
  if (size === undefined) throw new FileFault('AVIF picture has no size');
  const box = new BoxReader(file, size);
  box.readUint(4);
  if (box.readUint(4) === 0 || box.readUint(4) === 0) throw new FileFault('AVIF picture has no size');
  if (properties.some((one) => ['irot', 'imir', 'clap'].includes(one.type) && !one.isEssential))
    throw new FileFault('AVIF picture need not be turned or cropped as it says');
  checkDepth(file, properties);
}

/** Whether the stated depth of each channel is that of the coding. */
function checkDepth(file: Buffer, properties: readonly AvifProperty[]): void {
  const [coding, channels] = ['av1C', 'pixi'].map((type) => properties.find((one) => one.type === type));
  if (coding === undefined || channels === undefined) return;
  const flags = file[coding.content + 2] ?? 0;
  const isTwelveBit = (flags & 0x60) === 0x60;
  const depth = isTwelveBit ? 12 : (flags & 0x40) === 0 ? 8 : 10;
  const box = new BoxReader(file, channels);
  box.readUint(4);
  const told = Array.from({ length: box.readUint(1) }, () => box.readUint(1));
  if (told.some((bits) => bits !== depth)) throw new FileFault('AVIF picture has two depths');
}

function coloursOf(file: Buffer, item: AvifItem): AvifFacts['colours'] {
  const points = colourBox(file, item, 'nclx');
  const hasProfile = ['prof', 'rICC'].some((kind) => colourBox(file, item, kind) !== null);
  return points === null || hasProfile ? null : { primaries: points.readUint(2), curve: points.readUint(2) };
}

function hasNarrowGreys(file: Buffer, item: AvifItem): boolean {
  const coding = item.properties.find(({ type }) => type === 'av1C');
  const isGrey = coding !== undefined && ((file[coding.content + 2] ?? 0) & 0x10) !== 0;
  const points = isGrey ? colourBox(file, item, 'nclx') : null;
  points?.readUint(2);
  points?.readUint(4);
  return isGrey && (points === null || (points.readUint(1) & 0x80) === 0);
}

/** The first `colr` property of a kind. */
function colourBox(file: Buffer, { properties }: AvifItem, wanted: string): BoxReader | null {
  for (const property of properties.filter(({ type }) => type === 'colr')) {
    const box = new BoxReader(file, property);
    if (box.takeType() === wanted) return box;
  }
  return null;
}

/** The number of pictures in the first picture track; audio and transparency have tracks of their own. */
function framesIn(file: Buffer, boxes: readonly IsoBox[]): number {
  const movie = boxAt(file, boxes, 'moov');
  if (movie === null) throw new FileFault('AVIF ends early');
  for (const track of boxesWithin(file, movie).filter(({ type }) => type === 'trak')) {
    const within = boxesWithin(file, track);
    const handler = boxAt(file, within, 'mdia', 'hdlr');
    const sizes = boxAt(file, within, 'mdia', 'minf', 'stbl', 'stsz');
    if (handler === null || sizes === null) continue;
    if (file.toString('latin1', handler.content + 8, handler.content + 12) !== 'pict') continue;
    return Math.max(1, file.readUInt32BE(sizes.content + 8));
  }
  return 1;
}

/** The file with brands of still pictures only, and without its moving pictures. */
function asStill(file: Buffer, boxes: readonly IsoBox[]): Buffer {
  const copy = Buffer.from(file);
  for (const { type, start, content, end } of boxes) {
    if (type === 'ftyp') copy.fill('avif', content, content + 4).fill('avif', content + 8, end);
    if (type === 'moov') copy.write('free', start + 4, 'latin1');
  }
  return copy;
}
