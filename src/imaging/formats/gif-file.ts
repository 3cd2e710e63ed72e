import { FileFault } from './file-fault.ts';

/**
 * Sees to it that a GIF's blocks go on to its end and that its first picture has a size: libvips shows what there is
 * of a GIF that was cut off, and one pixel of a GIF without any, without a word. A missing trailer alone loses
 * nothing and is let pass.
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

/** The screen may have no size of its own: it is then as large as the first picture, as browsers do it. */
function checkSize(file: Buffer, picture: number): void {
  if (file.length < picture + 9) throw new FileFault('GIF ends early');
  for (const side of [0, 2]) {
    const ofScreen = file.readUInt16LE(6 + side);
    const ofPicture = file.readUInt16LE(picture + 1 + side) + file.readUInt16LE(picture + 5 + side);
    if (ofScreen === 0 && ofPicture === 0) throw new FileFault('GIF has no size');
  }
}

/** Where the sub-blocks that begin at a place are over. */
function endOfBlocks(file: Buffer, start: number): number {
  let at = start;
  for (let bytes = file[at]; bytes !== 0; bytes = file[at]) {
    if (bytes === undefined) throw new FileFault('GIF ends early');
    at += 1 + bytes;
  }
  return at + 1;
}

/** Size of the table that follows a descriptor whose packed field is `flags`. */
function colourTableBytes(flags = 0): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1);
}
