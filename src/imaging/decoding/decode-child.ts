/**
 * Runs as a child process without secrets: decodes image files. Native code handles hostile bytes only in
 * programs like this one. Its imports name source files, so that tests can run it straight from the source.
 */
import { readFile } from 'node:fs/promises';
import sharp, { type SharpOptions } from 'sharp';
import { withRetryAlone } from '../child-process/retry-alone.ts';
import { checkedFile } from './checked-file.ts';
import { type ChildTask, roomFor, serveTasks } from '../child-process/child-tasks.ts';
import { FileFault } from '../formats/file-fault.ts';
import { withTrueCmyk } from '../formats/jpeg-cmyk.ts';
import { withoutOddities } from '../formats/jpeg-repair.ts';
import { decodingBytes } from '../memory-need.ts';
import { type Pixels, drawMiniature } from './draw-miniature.ts';

const MAX_PIXELS = 50_000_000;
/** Of all frames together; they are decoded one by one, so this limits time, not memory. */
const MAX_ANIMATION_PIXELS = 1_000_000_000;
/** Large enough for the gallery of a page. */
const THUMBNAIL_PX = 320;
/** More effort takes twice the time and saves a tenth of the bytes. */
const THUMBNAIL_WEBP = { quality: 70, effort: 1 };
/** The picture that a miniature is drawn from, since drawing it takes time for each pixel. */
const DRAWN_PX = 128;
/** Nearly as sharp as the default, in a tenth less time for the whole file. */
const KERNEL = 'cubic';

sharp.cache(false);
// Several images are decoded at a time, so threads for each of them would only compete.
sharp.concurrency(1);

interface DecodeTask extends ChildTask {
  readonly path: string;
}

interface Decoded {
  readonly format: string;
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly thumbnail: Buffer;
  readonly miniature: Buffer;
}

async function decode(task: DecodeTask, isAlone: boolean): Promise<Decoded> {
  const { input, frames: counted } = await checkedFile(task.path);
  const facts = await sharp(input).metadata();
  const { format, compression, width, height, pages = 1, orientation = 1, autoOrient } = facts;
  const frames = counted ?? pages;
  if (width * height > MAX_PIXELS || width * height * frames > MAX_ANIMATION_PIXELS)
    throw new FileFault('Input image exceeds pixel limit');
  await roomFor(task, decodingBytes(facts));
  const hasInks = facts.space === 'cmyk';
  const pixels =
    format === 'jpeg'
      ? await jpegPixels(hasInks ? withTrueCmyk(await readFile(task.path)) : task.path, isAlone)
      : await smallPixels(input, 'error');
  if (counted === null && frames > 1) await decodeFrames(task.path);
  const seen = await turn(pixels, orientation);
  return {
    format: format === 'heif' && compression === 'av1' ? 'avif' : format,
    ...autoOrient,
    frames,
    thumbnail: await sharp(seen.data, { raw: seen }).webp(THUMBNAIL_WEBP).toBuffer(),
    miniature: drawMiniature(await reduced(seen)),
  };
}

/**
 * Draws the whole picture small. All data of a JPEG or WebP is read before it is drawn at a fraction of its
 * size: this shows every fault in the data, in half the time.
 */
async function smallPixels(input: string | Buffer, failOn: SharpOptions['failOn']): Promise<Pixels> {
  const { data, info } = await sharp(input, { failOn, limitInputPixels: MAX_PIXELS, sequentialRead: true })
    .toColourspace('srgb')
    .resize(THUMBNAIL_PX, THUMBNAIL_PX, { fit: 'inside', withoutEnlargement: true, kernel: KERNEL })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, ...info };
}

/** Reduces a thumbnail to the size for miniatures. */
async function reduced(pixels: Pixels): Promise<Pixels> {
  if (Math.max(pixels.width, pixels.height) <= DRAWN_PX) return pixels;
  const { data, info } = await sharp(pixels.data, { raw: pixels })
    .resize(DRAWN_PX, DRAWN_PX, { fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, ...info };
}

/** Warnings of libjpeg about damage that leaves grey or coloured stripes; its other warnings are harmless. */
const DAMAGE =
  /bad (?:Huffman|arithmetic) code|premature end|instead of RST|\d{3,} extraneous bytes before marker 0x(?:c4|d[0-79a])\b/;

/**
 * Reads a JPEG strictly. If it is alone and has only harmless oddities, reads it again leniently. Oddities
 * can hide damage from libjpeg, so the file is also checked without them.
 * @throws Error, which is not about this file while others are decoded
 */
async function jpegPixels(file: string | Buffer, isAlone: boolean): Promise<Pixels> {
  try {
    return await smallPixels(file, 'warning');
  } catch (error) {
    if (!isAlone || isDamage(error)) throw error;
  }
  const mended = withoutOddities(typeof file === 'string' ? await readFile(file) : file);
  try {
    if (mended !== null) return await smallPixels(mended, 'warning');
  } catch (error) {
    if (isDamage(error)) throw error;
  }
  return smallPixels(file, 'error');
}

function isDamage(error: unknown): boolean {
  return error instanceof Error && DAMAGE.test(error.message);
}

/** Decodes every frame of an animation; resizing to one pixel needs them all. */
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

serveTasks((task: DecodeTask) => withRetryAlone(task, decode));
