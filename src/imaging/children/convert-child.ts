/**
 * Runs as a process of its own: converts images it is sent. Hostile bytes meet native code here and in the decoder,
 * nowhere else. The process gets no secrets. Its imports name source files, so that tests can run it straight from
 * the source.
 */
import sharp, { type Metadata, type Sharp } from 'sharp';
import { type ChildTask, roomFor, workFor } from './child-tasks.ts';
import { decodingBytes, encodingBytes, type WrittenFormat } from './memory-need.ts';

const MAX_PIXELS = 50_000_000;
/** Of all frames together: an encoder of animations holds them all. */
const MAX_ANIMATION_PIXELS = 100_000_000;
const QUALITY = 90;
const AVIF_QUALITY = 65;

sharp.cache(false);
// Images are converted side by side: threads for each of them would only get into each other's way.
sharp.concurrency(1);

interface ConvertTask extends ChildTask {
  readonly bytes: Uint8Array;
  readonly format: WrittenFormat;
  readonly longestSidePx: number | null;
  readonly stripMetadata: boolean;
}

async function convert(task: ConvertTask) {
  const { bytes, format, longestSidePx, stripMetadata } = task;
  const facts = await sharp(bytes, { limitInputPixels: false }).metadata();
  const { pages = 1, orientation = 1 } = facts;
  const animated = pages > 1 && (format === 'webp' || format === 'gif');
  await roomFor(task, bytesNeeded(task, facts, animated ? pages : 1));
  const limitInputPixels = animated ? MAX_ANIMATION_PIXELS : MAX_PIXELS;
  let image = sharp(bytes, { animated, failOn: 'error', limitInputPixels, sequentialRead: true });
  if (!animated && orientation !== 1) image = image.autoOrient();
  if (longestSidePx !== null)
    image = image.resize(longestSidePx, longestSidePx, { fit: 'inside', withoutEnlargement: true });
  if (!stripMetadata) image = image.keepMetadata();
  const { data, info } = await encoded(image, format).toBuffer({ resolveWithObject: true });
  return { bytes: data, format, width: info.width, height: info.pageHeight ?? info.height };
}

/** What reading a picture and writing its frames takes in memory at most. */
function bytesNeeded({ format, longestSidePx }: ConvertTask, facts: Metadata, frames: number): number {
  const { width, height } = facts;
  const scale = Math.min(1, (longestSidePx ?? Infinity) / Math.max(width, height));
  return decodingBytes(facts) + encodingBytes(format, width * height * scale ** 2 * frames);
}

function encoded(image: Sharp, format: WrittenFormat): Sharp {
  switch (format) {
    case 'jpeg':
      // What is transparent would else turn black.
      return image.flatten({ background: '#ffffff' }).jpeg({ quality: QUALITY });
    case 'png':
      return image.png();
    case 'webp':
      return image.webp({ quality: QUALITY });
    case 'gif':
      return image.gif();
    case 'avif':
      return image.avif({ quality: AVIF_QUALITY, effort: 3 });
  }
}

workFor('converted', convert);
