import { FileFault } from './file-fault.ts';

/**
 * Checks that the blocks of a GIF reach its end and that its first picture has a size: libvips silently shows
 * the start of a truncated GIF, and one pixel of a GIF without a picture. A missing trailer is accepted,
 * since nothing is lost.
 * @throws FileFault
 * @see https://www.w3.org/Graphics/GIF/spec-gif89a.txt
 */
export function checkGif(file: Buffer): void {
  let hasPicture = false;
  let at = 13 + colourTableBytes(file[10]);
  for (;;) {
    const introducer = file[at];
    if (at === file.length || introducer === 0x3b) return;
    if (introducer === 0x2c) {
      if (!hasPicture) checkSize(file, at);
      hasPicture = true;
      at += 11 + colourTableBytes(file[at + 9]);
    } else if (introducer === 0x21) at += 2;
    else break;
    at = endOfBlocks(file, at);
  }
  throw new FileFault('GIF ends early');
}

/** The screen may have no size; browsers then use the size of the first picture. */
function checkSize(file: Buffer, picture: number): void {
  if (file.length < picture + 9) throw new FileFault('GIF ends early');
  for (const side of [0, 2]) {
    const ofScreen = file.readUInt16LE(6 + side);
    const ofPicture = file.readUInt16LE(picture + 1 + side) + file.readUInt16LE(picture + 5 + side);
    if (ofScreen === 0 && ofPicture === 0) throw new FileFault('GIF has no size');
  }
}

/** @returns the end of the sub-blocks that begin at `start` */
function endOfBlocks(file: Buffer, start: number): number {
  let at = start;
  for (let bytes = file[at]; bytes !== 0; bytes = file[at]) {
    if (bytes === undefined) throw new FileFault('GIF ends early');
    at += 1 + bytes;
  }
  return at + 1;
}

/** Bytes of the colour table after a descriptor with these flags. */
function colourTableBytes(flags = 0): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1);
}
