/**
 * Runs as a process of its own: decodes image files it is told about. Hostile bytes meet native code here
 * and nowhere else. The process gets no secrets, and ends when its parent does. It imports no file of
 * the project, so that tests can run it straight from the source.
 */
import { readFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import sharp, { type SharpOptions } from 'sharp';

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

async function decode(path: string, isAlone: boolean): Promise<Decoded> {
  const { format, compression, width, height, pages, orientation = 1 } = await sharp(path).metadata();
  const frames = format === 'png' ? framesOfPng(await readFile(path)) : (pages ?? 1);
  if (width * height > MAX_PIXELS || width * height * frames > MAX_ANIMATION_PIXELS)
    throw new Error('Input image exceeds pixel limit');
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
 * The whole picture drawn small. A JPEG's coefficients are all read, and only then drawn at a half, a quarter or an
 * eighth of its size: nothing in them can be wrong that this would not show, and it takes half the time.
 */
async function smallPixels(path: string, failOn: SharpOptions['failOn']): Promise<Pixels> {
  const { data, info } = await sharp(path, { failOn, limitInputPixels: MAX_PIXELS, sequentialRead: true })
    .toColourspace('srgb')
    .resize(THUMBNAIL_PX, THUMBNAIL_PX, {
      fit: 'inside',
      withoutEnlargement: true,
      fastShrinkOnLoad: false,
    })
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

/**
 * Counts the frames of a PNG and sees to it that none is missing, since libvips decodes only the first one of an
 * animation, and does not miss an end that is cut off behind it.
 * @returns 1 for a still picture
 * @throws Error for a file that was cut off, and for damaged frames
 * @see https://www.w3.org/TR/png-3/
 */
function framesOfPng(file: Buffer): number {
  let frames = 1;
  for (let at = 8; at + 12 <= file.length;) {
    const end = at + 12 + file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    if (end > file.length) break;
    if (type === 'IEND') return frames;
    if (type === 'acTL') frames = Math.max(1, file.readUInt32BE(at + 8));
    const isDamaged = type === 'fdAT' && crc32(file.subarray(at + 4, end - 4)) !== file.readUInt32BE(end - 4);
    if (isDamaged) throw new Error('PNG frame is damaged');
    at = end;
  }
  throw new Error('PNG ends early');
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

/** The picture drawn into a square of RGBA pixels, whatever its shape: each is the mean of what it covers. */
function viewOf({ data, width, height, channels }: Pixels): Buffer {
  const drawn = drawnAcross(drawnAcross(withInk(data, channels), width), height);
  const view = Buffer.alloc(drawn.length);
  for (let at = 0; at < view.length; at += 4) {
    const ink = (drawn[at + 3] ?? 0) / 255 || 1;
    for (let part = at; part < at + 3; part += 1) view[part] = Math.round((drawn[part] ?? 0) / ink);
    view[at + 3] = Math.round(drawn[at + 3] ?? 0);
  }
  return view;
}

/** RGBA with colours as strong as they are seen: what is transparent has none that could be mixed in. */
function withInk(data: Buffer, channels: Pixels['channels']): Float32Array {
  const pixels = new Float32Array((4 * data.length) / channels);
  const hasAlpha = channels % 2 === 0;
  // Grey pictures have their one tone three times.
  const [green, blue] = channels < 3 ? [0, 0] : [1, 2];
  for (let at = 0, to = 0; at < data.length; at += channels, to += 4) {
    const alpha = hasAlpha ? (data[at + channels - 1] ?? 0) : 255;
    pixels[to] = ((data[at] ?? 0) * alpha) / 255;
    pixels[to + 1] = ((data[at + green] ?? 0) * alpha) / 255;
    pixels[to + 2] = ((data[at + blue] ?? 0) * alpha) / 255;
    pixels[to + 3] = alpha;
  }
  return pixels;
}

/** Every line of `length` pixels as so many means as a view is wide, and lines and columns in each other's place. */
function drawnAcross(pixels: Float32Array, length: number): Float32Array {
  const lines = pixels.length / 4 / length;
  const step = length / VIEW_SIDE;
  const drawn = new Float32Array(4 * lines * VIEW_SIDE);
  for (let cell = 0; cell < VIEW_SIDE; cell += 1)
    for (let place = Math.floor(cell * step); place < (cell + 1) * step; place += 1) {
      const share = (Math.min((cell + 1) * step, place + 1) - Math.max(cell * step, place)) / step;
      for (let line = 0; line < lines; line += 1) {
        const from = 4 * (line * length + place);
        const to = 4 * (cell * lines + line);
        for (let part = 0; part < 4; part += 1)
          drawn[to + part] = (drawn[to + part] ?? 0) + share * (pixels[from + part] ?? 0);
      }
    }
  return drawn;
}

const sideBySide = new Set<Promise<unknown>>();
let lastAlone: Promise<unknown> = Promise.resolve();

/**
 * Decodes beside others; an odd JPEG once more by itself. libvips has one place for all it has to say, and images
 * that are refused at the same moment take the words out of each other's mouths.
 */
async function decodeInTurn(path: string): Promise<Decoded> {
  let last: Promise<unknown>;
  do {
    last = lastAlone;
    await last;
  } while (last !== lastAlone);
  const work = decode(path, false);
  sideBySide.add(work);
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof OddJpeg)) throw error;
  } finally {
    sideBySide.delete(work);
  }
  const byItself = lastAlone.then(() => Promise.allSettled(sideBySide)).then(() => decode(path, true));
  lastAlone = byItself.catch(() => null);
  return byItself;
}

async function answer(id: number, path: string): Promise<void> {
  try {
    process.send?.({ kind: 'decoded', id, ...(await decodeInTurn(path)) });
  } catch (error) {
    process.send?.({ kind: 'refused', id, message: error instanceof Error ? error.message : String(error) });
  }
}

process.on(
  'message',
  ({ id, path }: { readonly id: number; readonly path: string }) => void answer(id, path),
);
// Nobody is left to hear how it ends, and `process.exit` can wait for V8's threads for ever.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.send?.({ kind: 'ready' });
