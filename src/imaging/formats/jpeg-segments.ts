/** A segment of a JPEG file. */
export interface JpegSegment {
  /** The second byte of its marker. */
  readonly marker: number;
  /** The place of its marker in the file, and the end by its length. */
  readonly start: number;
  readonly end: number;
}

/** The marker of a scan, whose coded data follow the segment. */
export const START_OF_SCAN = 0xda;

/** Whether a marker begins a frame: SOF0 to SOF15 without DHT, JPG and DAC, which lie between them. */
export function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/**
 * The segments of a JPEG, or of a part of it that begins with a segment. Skips coded data, stray bytes and
 * everything after the end of the image. The last segment may end after the file.
 * @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf (annex B)
 */
export function* jpegSegments(file: Buffer): Generator<JpegSegment, void, void> {
  for (let at = 0; ;) {
    const start = file.indexOf(0xff, at);
    const marker = file[start + 1];
    if (start === -1 || marker === undefined) return;
    if (marker === 0xff) at = start + 1;
    else if (isBare(marker)) at = start + 2;
    else {
      if (marker === 0xd9 || start + 4 > file.length) return;
      at = start + 2 + Math.max(2, file.readUInt16BE(start + 2));
      yield { marker, start, end: at };
    }
  }
}

/** The segments of a JPEG before its first scan. */
export function* jpegHeaders(file: Buffer): Generator<JpegSegment, void, void> {
  for (const segment of jpegSegments(file)) {
    if (segment.marker === START_OF_SCAN) return;
    yield segment;
  }
}

/** Markers without a length: TEM, RST0 to RST7, SOI, and the zero that escapes a coded 0xff. */
function isBare(marker: number): boolean {
  return marker <= 1 || (marker >= 0xd0 && marker <= 0xd8);
}
