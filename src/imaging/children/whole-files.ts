import { crc32 } from 'node:zlib';

/**
 * Whether a GIF's blocks go on to its end: libvips shows what there is of a GIF that was cut off, without a
 * word. A missing trailer alone loses nothing and is let pass.
 * @see https://www.w3.org/Graphics/GIF/spec-gif89a.txt
 */
export function isWholeGif(file: Buffer): boolean {
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
export function framesOfPng(file: Buffer): number {
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
