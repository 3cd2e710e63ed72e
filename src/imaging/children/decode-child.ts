/**
 * Runs as a process of its own: decodes image files it is told about. Hostile bytes meet native code here and in the
 * converter, nowhere else. The process gets no secrets. Its imports name source files, so that tests can run it
 * straight from the source.
 */
import { readFile } from 'node:fs/promises';
import sharp, { type SharpOptions } from 'sharp';
import { type ChildTask, rest, roomFor, workFor } from './child-tasks.ts';
import { decodingBytes } from './memory-need.ts';
import { type Pixels, viewOf } from './picture-view.ts';
import { framesOfPng, isWholeGif } from './whole-files.ts';

const MAX_PIXELS = 50_000_000;
/** Of all frames together; they pass through one by one, so this limits time, not memory. */
const MAX_ANIMATION_PIXELS = 1_000_000_000;
const THUMBNAIL_PX = 128;
const THUMBNAIL_QUALITY = 70;

sharp.cache(false);
// Images are decoded side by side: threads for each of them would only get into each other's way.
sharp.concurrency(1);

interface DecodeTask extends ChildTask {
  readonly path: string;
}

interface Decoded {
  readonly format: string;
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly isSideways: boolean;
  readonly thumbnail: Buffer;
  readonly view: Buffer;
}

async function decode(task: DecodeTask, isAlone: boolean): Promise<Decoded> {
  const { path } = task;
  const facts = await sharp(path).metadata();
  const { format, compression, width, height, pages, orientation = 1 } = facts;
  const frames = format === 'png' ? framesOfPng(await readFile(path)) : (pages ?? 1);
  if (width * height > MAX_PIXELS || width * height * frames > MAX_ANIMATION_PIXELS)
    throw new Error('Input image exceeds pixel limit');
  await roomFor(task, decodingBytes(facts));
  const pixels = format === 'jpeg' ? await jpegPixels(path, isAlone) : await smallPixels(path, 'error');
  if (frames > 1 && format !== 'png') await decodeFrames(path);
  if (format === 'gif' && !isWholeGif(await readFile(path))) throw new Error('GIF ends early');
  const seen = await turn(pixels, orientation);
  return {
    format: format === 'heif' && compression === 'av1' ? 'avif' : format,
    width,
    height,
    frames,
    isSideways: orientation >= 5,
    thumbnail: await sharp(seen.data, { raw: seen })
      .webp({ quality: THUMBNAIL_QUALITY, effort: 2 })
      .toBuffer(),
    view: viewOf(seen),
  };
}

/**
 * The whole picture drawn small. All the data of a JPEG or WebP is read, and only then drawn at a part of its size:
 * nothing in it can be wrong that this would not show, and it takes half the time.
 */
async function smallPixels(path: string, failOn: SharpOptions['failOn']): Promise<Pixels> {
  const { data, info } = await sharp(path, { failOn, limitInputPixels: MAX_PIXELS, sequentialRead: true })
    .toColourspace('srgb')
    .resize(THUMBNAIL_PX, THUMBNAIL_PX, { fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, ...info };
}

/** What libjpeg only warns of, and leaves grey or coloured stripes behind; its other warnings harm nobody. */
const DAMAGE =
  /bad Huffman code|premature end|instead of RST|\d{3,} extraneous bytes before marker 0x(?:c4|d[0-79a])\b/;

/** Something is odd about a JPEG; whether it does harm can only be told while nothing else is decoded. */
class OddJpeg extends Error {}

/** Reads a JPEG as it should be; alone, where something odd does no harm, once more as it is. @throws OddJpeg */
async function jpegPixels(path: string, isAlone: boolean): Promise<Pixels> {
  try {
    return await smallPixels(path, 'warning');
  } catch (error) {
    if (!isAlone) throw new OddJpeg('odd JPEG', { cause: error });
    if (error instanceof Error && DAMAGE.test(error.message)) throw error;
    return smallPixels(path, 'error');
  }
}

/** Decodes every frame of an animation; taking one pixel of each asks for them all. */
async function decodeFrames(path: string): Promise<void> {
  const options = { animated: true, failOn: 'error', limitInputPixels: MAX_ANIMATION_PIXELS } as const;
  await sharp(path, options).resize(1, 1, { fit: 'fill', kernel: 'nearest' }).raw().toBuffer();
}

/** Turns and mirrors pixels as EXIF says. @see https://exiv2.org/tags.html (Exif.Image.Orientation) */
async function turn(pixels: Pixels, orientation: number): Promise<Pixels> {
  if (orientation === 1) return pixels;
  const isMirrored = [2, 4, 5, 7].includes(orientation);
  const degrees = { 3: 180, 4: 180, 5: 270, 6: 90, 7: 90, 8: 270 }[orientation] ?? 0;
  const image = sharp(pixels.data, { raw: pixels });
  const turned = (isMirrored ? image.flop() : image).rotate(degrees).raw();
  const { data, info } = await turned.toBuffer({ resolveWithObject: true });
  return { data, ...info };
}

const sideBySide = new Set<Promise<unknown>>();
let lastAlone: Promise<unknown> = Promise.resolve();

/**
 * Decodes beside others; an odd JPEG once more by itself. libvips has one place for all it has to say, and images
 * that are refused at the same moment take the words out of each other's mouths.
 */
async function decodeInTurn(task: DecodeTask): Promise<Decoded> {
  let last: Promise<unknown>;
  do {
    last = lastAlone;
    await last;
  } while (last !== lastAlone);
  const work = decode(task, false);
  sideBySide.add(work);
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof OddJpeg)) throw error;
  } finally {
    sideBySide.delete(work);
  }
  rest(task);
  const byItself = lastAlone.then(() => Promise.allSettled(sideBySide)).then(() => decode(task, true));
  lastAlone = byItself.catch(() => null);
  return byItself;
}

workFor('decoded', decodeInTurn);
