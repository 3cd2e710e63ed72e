/**
 * Runs as a child process without secrets: converts images. Native code handles hostile bytes only in
 * programs like this one. Its imports name source files, so that tests can run it straight from the source.
 */
import sharp, { type Metadata, type Sharp } from 'sharp';
import { withRetryAlone } from '../child-process/retry-alone.ts';
import { type ChildTask, roomFor, serveTasks } from '../child-process/child-tasks.ts';
import { bytesToConvert } from './convertible-file.ts';
import { FileFault } from '../formats/file-fault.ts';
import { decodingBytes, encodingBytes, type WrittenFormat } from '../memory-need.ts';
import { BACKGROUND_PX, backgroundFor } from './background.ts';

const MAX_PIXELS = 50_000_000;
/** Of all frames together: an encoder of animations holds them all in memory. */
const MAX_ANIMATION_PIXELS = 100_000_000;
const QUALITY = 90;
const AVIF_QUALITY = 65;

sharp.cache(false);
// Several images are converted at a time, so threads for each of them would only compete.
sharp.concurrency(1);

interface ConvertTask extends ChildTask {
  readonly bytes: Uint8Array;
  readonly format: WrittenFormat;
  readonly longestSidePx: number | null;
  readonly stripMetadata: boolean;
}

async function convert(task: ConvertTask) {
  const { format, longestSidePx } = task;
  const bytes = bytesToConvert(Buffer.from(task.bytes.buffer, task.bytes.byteOffset, task.bytes.length));
  const facts = await sharp(bytes, { limitInputPixels: false }).metadata();
  const { pages = 1, orientation = 1 } = facts;
  const animated = facts.format !== 'heif' && pages > 1 && (format === 'webp' || format === 'gif');
  await roomFor(task, bytesNeeded(task, facts, animated ? pages : 1));
  const limitInputPixels = animated ? MAX_ANIMATION_PIXELS : MAX_PIXELS;
  let image = sharp(bytes, { animated, failOn: 'error', limitInputPixels, sequentialRead: true });
  if (!animated && orientation !== 1) image = image.autoOrient();
  if (longestSidePx !== null)
    image = image.resize(longestSidePx, longestSidePx, { fit: 'inside', withoutEnlargement: true });
  // Transparent parts would turn black otherwise.
  if (format === 'jpeg' && facts.hasAlpha) image = image.flatten({ background: await backgroundOf(bytes) });
  image = encoded(inColours(image, task, facts), format, facts);
  const { data, info } = await image.toBuffer({ resolveWithObject: true });
  return { bytes: data, format, width: info.width, height: info.pageHeight ?? info.height };
}

/**
 * The picture in sRGB or grey, as deep as before if the format allows it, with or without its metadata. The
 * pixels are the same in both cases.
 */
function inColours(image: Sharp, { format, stripMetadata }: ConvertTask, facts: Metadata): Sharp {
  const wasDeep = facts.depth === 'ushort';
  const isDeep = wasDeep && (format === 'png' || format === 'avif');
  const isGrey = facts.space === 'b-w' || facts.space === 'grey16';
  const toned = image.toColourspace(spaceOf(isGrey, isDeep));
  if (!facts.hasProfile) return stripMetadata ? toned : toned.keepMetadata();
  if (facts.space === 'grey16') throw new FileFault('its greys are of 16 bits and have a profile');
  if (isGrey) return stripMetadata ? toned : toned.keepExif().keepXmp();
  // sharp converts 8 bits to sRGB by itself if no profile is kept.
  if (stripMetadata && !wasDeep) return toned;
  const noted = stripMetadata ? toned : isDeep ? toned.keepExif().keepXmp() : toned.keepMetadata();
  return noted.withIccProfile('srgb', { attach: !stripMetadata && !isDeep });
}

function spaceOf(isGrey: boolean, isDeep: boolean): string {
  if (isGrey) return isDeep ? 'grey16' : 'b-w';
  return isDeep ? 'rgb16' : 'srgb';
}

/** @throws Error if the file cannot be read */
async function backgroundOf(file: Buffer): Promise<string> {
  const size = [BACKGROUND_PX, BACKGROUND_PX, { fit: 'inside', withoutEnlargement: true }] as const;
  const small = sharp(file, { failOn: 'error' }).resize(...size);
  return backgroundFor(await small.toColourspace('srgb').ensureAlpha().raw().toBuffer());
}

/** Maximum memory for reading a picture and writing its frames. */
function bytesNeeded({ format, longestSidePx }: ConvertTask, facts: Metadata, frames: number): number {
  const { width, height } = facts;
  const scale = Math.min(1, (longestSidePx ?? Infinity) / Math.max(width, height));
  return decodingBytes(facts) + encodingBytes(format, width * height * scale ** 2 * frames);
}

function encoded(image: Sharp, format: WrittenFormat, facts: Metadata): Sharp {
  switch (format) {
    case 'jpeg':
      return image.jpeg({ quality: QUALITY });
    case 'png':
      return image.png();
    case 'webp':
      return image.webp({ quality: QUALITY });
    case 'gif':
      return image.gif();
    case 'avif':
      return image.avif({ quality: AVIF_QUALITY, effort: 3, bitdepth: bitsOf(facts) });
  }
}

function bitsOf({ bitsPerSample }: Metadata): 8 | 10 | 12 {
  return bitsPerSample === 10 || bitsPerSample === 12 ? bitsPerSample : 8;
}

serveTasks((task: ConvertTask) => withRetryAlone(task, convert));
