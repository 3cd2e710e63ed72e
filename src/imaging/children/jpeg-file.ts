import { type FileHandle, open } from 'node:fs/promises';
import { unsupported } from './file-fault.ts';
import { isFrame, jpegSegments } from './jpeg-segments.ts';

/** Enough for the headers of nearly every photo. */
const WINDOW_BYTES = 65_536;
/** Frames of lossless coding. */
const LOSSLESS = new Set([0xc3, 0xc7, 0xcb, 0xcf]);

/**
 * Refuses JPEG files that libvips shows and no browser does.
 * @param path absolute
 * @throws FileFault for lossless ones
 */
export async function checkJpeg(path: string): Promise<void> {
  await using file = await open(path);
  const marker = await frameOf(file);
  if (marker !== null && LOSSLESS.has(marker)) throw unsupported('lossless jpeg');
}

/** The marker of the frame, by which the coding is told; null where there is none. */
async function frameOf(file: FileHandle): Promise<number | null> {
  const window = Buffer.alloc(WINDOW_BYTES);
  let at = 0;
  for (;;) {
    const { bytesRead } = await file.read(window, 0, WINDOW_BYTES, at);
    let next = at;
    for (const { marker, end } of jpegSegments(window.subarray(0, bytesRead))) {
      if (isFrame(marker)) return marker;
      if (marker === 0xda) return null;
      next = at + end;
    }
    if (next === at) return null;
    at = next;
  }
}
