/**
 * Runs as a process of its own: decodes image files it is told about. Hostile bytes meet native code here
 * and nowhere else. The process gets no secrets, and ends when its parent does. It imports no file of
 * the project, so that tests can run it straight from the source.
 */
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';

const MAX_PIXELS = 50_000_000;
/** Of all frames together; they pass through one by one, so this limits time, not memory. */
const MAX_ANIMATION_PIXELS = 1_000_000_000;
const THUMBNAIL_PX = 128;
const THUMBNAIL_QUALITY = 70;
const VIEW_SIDE = 64;

sharp.cache(false);
// Images are decoded side by side: threads for each of them would only get into each other's way.
sharp.concurrency(1);

interface Decoded {
  readonly format: string;
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly isSideways: boolean;
  readonly thumbnail: Buffer;
  readonly view: Buffer;
}

/** Uncompressed pixels. */
interface Pixels {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 2 | 3 | 4;
}

async function decode(path: string): Promise<Decoded> {
  const { format, compression, width, height, pages, orientation } = await sharp(path).metadata();
  const frames = pages ?? 1;
  if (width * height > MAX_PIXELS || width * height * frames > MAX_ANIMATION_PIXELS)
    throw new Error('Input image exceeds pixel limit');
  // Taking the whole picture as an extract keeps sharp from decoding a smaller one, as it else would.
  const picture = sharp(path, { failOn: 'error', limitInputPixels: MAX_PIXELS, sequentialRead: true })
    .extract({ left: 0, top: 0, width, height })
    .toColourspace('srgb')
    .resize(THUMBNAIL_PX, THUMBNAIL_PX, { fit: 'inside', withoutEnlargement: true });
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  if (frames > 1) await decodeFrames(path);
  if (format === 'gif' && !isWholeGif(await readFile(path))) throw new Error('GIF ends early');
  const seen = await turn({ data, ...info }, orientation ?? 1);
  return {
    format: format === 'heif' && compression === 'av1' ? 'avif' : format,
    width,
    height,
    frames,
    isSideways: (orientation ?? 1) >= 5,
    thumbnail: await sharp(seen.data, { raw: seen })
      .webp({ quality: THUMBNAIL_QUALITY, effort: 2 })
      .toBuffer(),
    view: await viewOf(seen),
  };
}

/** Decodes every frame of an animation; taking one pixel of each asks for them all. */
async function decodeFrames(path: string): Promise<void> {
  const options = { animated: true, failOn: 'error', limitInputPixels: MAX_ANIMATION_PIXELS } as const;
  await sharp(path, options).resize(1, 1, { fit: 'fill', kernel: 'nearest' }).raw().toBuffer();
}

/**
 * Whether a GIF's blocks go on to its end: libvips shows what there is of a GIF that was cut off, without a
 * word. A missing trailer alone loses nothing and is let pass.
 * @see https://www.w3.org/Graphics/GIF/spec-gif89a.txt
 */
function isWholeGif(file: Buffer): boolean {
  let at = 13 + colourTableBytes(file[10]);
  for (;;) {
    const introducer = file[at];
    if (at === file.length || introducer === 0x3b) return true;
    if (introducer === 0x2c) at += 11 + colourTableBytes(file[at + 9]);
    else if (introducer === 0x21) at += 2;
    else return false;
    for (let bytes = file[at]; bytes !== 0; bytes = file[at]) {
      if (bytes === undefined) return false;
      at += 1 + bytes;
    }
    at += 1;
  }
}

/** Size of the table that follows a descriptor whose packed field is `flags`. */
function colourTableBytes(flags = 0): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1);
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

/** The picture drawn into a square of RGBA pixels, whatever its shape. */
function viewOf(pixels: Pixels): Promise<Buffer> {
  return sharp(pixels.data, { raw: pixels })
    .resize(VIEW_SIDE, VIEW_SIDE, { fit: 'fill', kernel: 'linear' })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer();
}

async function answer(id: number, path: string): Promise<void> {
  try {
    process.send?.({ kind: 'decoded', id, ...(await decode(path)) });
  } catch (error) {
    process.send?.({ kind: 'refused', id, message: error instanceof Error ? error.message : String(error) });
  }
}

process.on(
  'message',
  ({ id, path }: { readonly id: number; readonly path: string }) => void answer(id, path),
);
process.on('disconnect', () => process.exit(0));
process.send?.({ kind: 'ready' });
