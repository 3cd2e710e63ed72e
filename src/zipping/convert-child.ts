/**
 * Runs as a process of its own: converts images it is sent. Hostile bytes meet native code here and in the
 * decoder, nowhere else. The process gets no secrets, and ends when its parent does. It imports no file of the
 * project, so that tests can run it straight from the source.
 */
import sharp, { type Sharp } from 'sharp';

const MAX_PIXELS = 50_000_000;
/** Of all frames together: an encoder of animations holds them all. */
const MAX_ANIMATION_PIXELS = 100_000_000;
const QUALITY = 90;
const AVIF_QUALITY = 65;

sharp.cache(false);
// Images are converted side by side: threads for each of them would only get into each other's way.
sharp.concurrency(1);

interface Task {
  readonly id: number;
  readonly bytes: Uint8Array;
  readonly format: 'jpeg' | 'png' | 'webp' | 'gif' | 'avif';
  readonly longestSidePx: number | null;
  readonly stripMetadata: boolean;
}

async function convert({ bytes, format, longestSidePx, stripMetadata }: Task) {
  const { pages = 1, orientation = 1 } = await sharp(bytes, { limitInputPixels: false }).metadata();
  const animated = pages > 1 && (format === 'webp' || format === 'gif');
  const limitInputPixels = animated ? MAX_ANIMATION_PIXELS : MAX_PIXELS;
  let image = sharp(bytes, { animated, failOn: 'error', limitInputPixels, sequentialRead: true });
  if (!animated && orientation !== 1) image = image.autoOrient();
  if (longestSidePx !== null)
    image = image.resize(longestSidePx, longestSidePx, { fit: 'inside', withoutEnlargement: true });
  if (!stripMetadata) image = image.keepMetadata();
  const { data, info } = await encoded(image, format).toBuffer({ resolveWithObject: true });
  return { bytes: data, format, width: info.width, height: info.pageHeight ?? info.height };
}

function encoded(image: Sharp, format: Task['format']): Sharp {
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

async function answer(task: Task): Promise<void> {
  const { id } = task;
  try {
    process.send?.({ kind: 'converted', id, ...(await convert(task)) });
  } catch (error) {
    process.send?.({ kind: 'refused', id, message: error instanceof Error ? error.message : String(error) });
  }
}

process.on('message', (task: Task) => void answer(task));
// Nobody is left to hear how it ends, and `process.exit` can wait for V8's threads for ever.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.send?.({ kind: 'ready' });
