import { readFile } from 'node:fs/promises';
import { unsupported } from './file-fault.ts';
import { isFrame, jpegHeaders } from './jpeg-segments.ts';

/** Frames with lossless coding. */
const LOSSLESS = new Set([0xc3, 0xc7, 0xcb, 0xcf]);

/**
 * Refuses JPEG files that libvips shows and no browser does.
 * @param path absolute @param head the first bytes of the file, which usually contain its headers
 * @throws FileFault for lossless files
 */
export async function checkJpeg(path: string, head: Buffer): Promise<void> {
  const marker = frameIn(head) ?? frameIn(await readFile(path));
  if (marker !== null && LOSSLESS.has(marker)) throw unsupported('lossless jpeg');
}

/** The marker of the frame, which tells the coding; null if there is none before the coded data. */
function frameIn(file: Buffer): number | null {
  for (const { marker } of jpegHeaders(file)) if (isFrame(marker)) return marker;
  return null;
}
