import sharp from 'sharp';

/** Amounts of cyan, magenta, yellow and black, each from 0 to 255. */
export type Inks = readonly [cyan: number, magenta: number, yellow: number, black: number];

/** A CMYK JPEG in a single colour, without a profile. @param side in pixels */
export async function inkedJpeg(inks: Inks, side = 16): Promise<Buffer> {
  return sharp(inkedTiff(inks, side))
    .pipelineColourspace('cmyk')
    .toColourspace('cmyk')
    .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
    .toBuffer();
}

/**
 * A CMYK TIFF, the only format whose inks sharp reads unchanged.
 * @see https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf
 */
function inkedTiff(inks: Inks, side: number): Buffer {
  const pixels = Buffer.from(Array.from({ length: side * side }, () => inks).flat());
  const [SHORT, LONG] = [3, 4];
  const fields: readonly (readonly [tag: number, type: number, count: number, value: number])[] = [
    [256, SHORT, 1, side],
    [257, SHORT, 1, side],
    [258, SHORT, 4, 122],
    [259, SHORT, 1, 1],
    [262, SHORT, 1, 5],
    [273, LONG, 1, 130],
    [277, SHORT, 1, 4],
    [278, SHORT, 1, side],
    [279, LONG, 1, pixels.length],
  ];
  const head = Buffer.alloc(130);
  head.write('II*\0', 0, 'latin1');
  head.writeUInt32LE(8, 4);
  head.writeUInt16LE(fields.length, 8);
  for (const [index, [tag, type, count, value]] of fields.entries()) {
    const at = 10 + 12 * index;
    head.writeUInt16LE(tag, at);
    head.writeUInt16LE(type, at + 2);
    head.writeUInt32LE(count, at + 4);
    head.writeUInt32LE(value, at + 8);
  }
  for (const at of [122, 124, 126, 128]) head.writeUInt16LE(8, at);
  return Buffer.concat([head, pixels]);
}
