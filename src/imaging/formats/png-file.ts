import { crc32 } from 'node:zlib';
import { FileFault } from './file-fault.ts';

const SIGNATURE_BYTES = 8;
const MOST_PALETTE_BYTES = 3 * 256;

/** A chunk of a PNG file. */
export interface PngChunk {
  readonly type: string;
  readonly data: Buffer;
  /** The place of the chunk in its file, from its length to its checksum. */
  readonly start: number;
  readonly end: number;
}

/** The chunks of a PNG up to its end. @throws FileFault if the file is truncated */
export function* pngChunks(file: Buffer): Generator<PngChunk, void, void> {
  for (let at = SIGNATURE_BYTES; at + 12 <= file.length;) {
    const end = at + 12 + file.readUInt32BE(at);
    if (end > file.length) break;
    const type = file.toString('latin1', at + 4, at + 8);
    yield { type, data: file.subarray(at + 8, end - 4), start: at, end };
    if (type === 'IEND') return;
    at = end;
  }
  throw new FileFault('PNG ends early');
}

/**
 * Counts the frames of a PNG and checks that none is missing: libvips decodes only the first frame of an
 * animation and does not notice a truncated end after it. Refuses what libvips shows and no browser does.
 * @returns 1 for a still picture
 * @throws FileFault
 * @see https://www.w3.org/TR/png-3/
 */
export function framesOfPng(file: Buffer): number {
  let frames = 1;
  for (const { type, data, start, end } of pngChunks(file)) {
    if (type === 'acTL' && data.length === 8) frames = Math.max(1, data.readUInt32BE(0));
    if (type === 'PLTE' && data.length > MOST_PALETTE_BYTES) throw new FileFault('PNG palette is too long');
    if (type === 'cICP' && data.length === 4 && data[2] !== 0)
      throw new FileFault('PNG colours are no RGB values');
    const isDamaged =
      type === 'fdAT' && crc32(file.subarray(start + 4, end - 4)) !== file.readUInt32BE(end - 4);
    if (isDamaged) throw new FileFault('PNG frame is damaged');
  }
  return frames;
}

/** A chunk with its length and checksum. */
export function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
