import { crc32, deflateSync } from 'node:zlib';

const SIDE_PX = 12_000;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

let made: Buffer | null = null;

/**
 * A valid PNG of a few kilobytes that decodes to 144 megapixels, one bit each.
 * @see https://www.w3.org/TR/png-3/
 */
export function pixelBomb(): Buffer {
  made ??= Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header()),
    chunk('IDAT', deflateSync(Buffer.alloc(SIDE_PX * (1 + SIDE_PX / 8)), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return made;
}

/** Width, height, one bit of grey, no compression flags, no interlace. */
function header(): Buffer {
  const bytes = Buffer.alloc(13);
  bytes.writeUInt32BE(SIDE_PX, 0);
  bytes.writeUInt32BE(SIDE_PX, 4);
  bytes.writeUInt8(1, 8);
  return bytes;
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(8);
  framed.writeUInt32BE(data.length, 0);
  framed.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([framed.subarray(0, 4), named, framed.subarray(4)]);
}
