import sharp, { type Sharp } from 'sharp';
import { pngChunk, pngChunks } from '../../../src/imaging/formats/png-file.js';

/** A picture of some kilobytes that differs visibly from that of any other `seed`, even when scaled down. */
export function picture(seed: number, width = 320, height = 200): Sharp {
  const pixels = Buffer.alloc(width * height * 3);
  const next = randomOf(seed);
  const tones = Array.from({ length: COLUMNS * ROWS }, () => 60 + (next() >>> 24) * 0.6);
  for (let at = 0; at < pixels.length; at += 1) {
    const [x, y] = [Math.floor(at / 3) % width, Math.floor(at / 3 / width)];
    const tone = tones[Math.floor((y * ROWS) / height) * COLUMNS + Math.floor((x * COLUMNS) / width)] ?? 0;
    pixels[at] = tone + (next() >>> 28);
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

const COLUMNS = 8;
const ROWS = 6;

/** Pseudo-random whole numbers below 2 ** 32. */
function randomOf(seed: number): () => number {
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state;
  };
}

/**
 * A picture of large soft patches, 320 × 240, that differs from that of any other `seed` even when scaled
 * down.
 */
export async function patches(seed: number): Promise<Sharp> {
  const few = Buffer.from(
    Array.from({ length: 8 * 6 * 3 }, (_value, at) => (at * 97 * seed + at * at * 31) % 256),
  );
  const raw = { width: 8, height: 6, channels: 3 } as const;
  // Write a file in between: a second resize would replace the first.
  return sharp(await sharp(few, { raw }).resize(320, 240, { kernel: 'cubic', fit: 'fill' }).png().toBuffer());
}

/** A JPEG that differs from that of any other `seed`. */
export function jpeg(seed: number, width = 320, height = 200): Promise<Buffer> {
  return picture(seed, width, height).jpeg().toBuffer();
}

/** An animation of `frames` pictures. */
export async function animation(format: 'gif' | 'webp', frames: number): Promise<Buffer> {
  const pages = await Promise.all(
    Array.from({ length: frames }, (_frame, seed) => picture(seed, 64, 48).png().toBuffer()),
  );
  const joined = sharp(pages, { join: { animated: true } });
  return format === 'gif' ? joined.gif().toBuffer() : joined.webp().toBuffer();
}

/** An animated PNG of `frames` pictures. @see https://www.w3.org/TR/png-3/#apng-frame-based-animation */
export async function animatedPng(frames: number): Promise<Buffer> {
  const stills = await Promise.all(
    Array.from({ length: frames }, async (_frame, seed) => [
      ...pngChunks(await picture(seed, 64, 48).png().toBuffer()),
    ]),
  );
  const [head = Buffer.alloc(0)] = (stills[0] ?? [])
    .filter(({ type }) => type === 'IHDR')
    .map(({ data }) => data);
  let order = 0;
  const moving = stills.flatMap((chunks, at) => {
    const control = Buffer.alloc(26);
    [order++, 64, 48].forEach((value, place) => control.writeUInt32BE(value, 4 * place));
    const shown = chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data);
    const numbered = (data: Buffer): Buffer => {
      const number = Buffer.alloc(4);
      number.writeUInt32BE(order++);
      return Buffer.concat([number, data]);
    };
    const pixels = shown.map((data) =>
      at === 0 ? pngChunk('IDAT', data) : pngChunk('fdAT', numbered(data)),
    );
    return [pngChunk('fcTL', control), ...pixels];
  });
  const count = Buffer.alloc(8);
  count.writeUInt32BE(frames);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const all = [pngChunk('IHDR', head), pngChunk('acTL', count), ...moving, pngChunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([signature, ...all]);
}

/** A small PNG whose header states `width` × `height` pixels. */
export async function pixelBomb(width: number, height: number): Promise<Buffer> {
  const background = { r: 1, g: 2, b: 3 };
  return sharp({ create: { width, height, channels: 3, background }, limitInputPixels: false })
    .png({ compressionLevel: 9 })
    .toBuffer();
}

/** A PNG with additional chunks after its header. */
export function withChunks(file: Buffer, chunks: Readonly<Record<string, Buffer>>): Buffer {
  const [head] = pngChunks(file);
  const end = head?.end ?? 0;
  const more = Object.entries(chunks).map(([type, data]) => pngChunk(type, data));
  return Buffer.concat([file.subarray(0, end), ...more, file.subarray(end)]);
}

/** A complete lossless JPEG, all grey. @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf (annex H) */
export function losslessJpeg(): Buffer {
  const segment = (marker: number, ...data: number[]): number[] => [
    0xff,
    marker,
    0,
    data.length + 2,
    ...data,
  ];
  const [side, bits] = [8, Buffer.alloc(8)];
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    Buffer.from(segment(0xc3, 8, 0, side, 0, side, 1, 1, 0x11, 0)),
    Buffer.from(segment(0xc4, 0, 1, ...Array.from({ length: 15 }, () => 0), 0)),
    Buffer.from(segment(0xda, 1, 1, 0, 1, 0, 0)),
    bits,
    Buffer.from([0xff, 0xd9]),
  ]);
}
