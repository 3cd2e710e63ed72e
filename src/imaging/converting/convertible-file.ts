import { readAvif } from '../formats/avif-file.ts';
import { FileFault } from '../formats/file-fault.ts';
import { withTrueCmyk } from '../formats/jpeg-cmyk.ts';
import { withTrueColours } from '../formats/png-colours.ts';
import { pngChunks } from '../formats/png-file.ts';

/** Code points of colours that browsers show as sRGB: unspecified ones, and those of HDTV and similar. */
const PLAIN_PRIMARIES = new Set([1, 2]);
const PLAIN_CURVES = new Set([1, 2, 6, 13, 14, 15]);

/**
 * Changes the bytes of a file so that libvips shows it as browsers do.
 * @throws FileFault if the file would lose its motion or its colours
 */
export function bytesToConvert(file: Buffer): Buffer {
  const head = file.toString('latin1', 0, 8);
  if (head.startsWith('\xff\xd8')) return withTrueCmyk(file);
  if (head.startsWith('\x89PNG')) {
    const isMoving = [...pngChunks(file)].some(({ type }) => type === 'fdAT');
    if (isMoving) throw new FileFault('a moving PNG would become a still one');
    return withTrueColours(file);
  }
  return head.endsWith('ftyp') ? plainAvif(file) : file;
}

function plainAvif(file: Buffer): Buffer {
  const { frames, colours, hasNarrowGreys, readable } = readAvif(file);
  if (frames > 1) throw new FileFault('a moving AVIF would become a still one');
  const isPlain = PLAIN_PRIMARIES.has(colours?.primaries ?? 2) && PLAIN_CURVES.has(colours?.curve ?? 2);
  if (!isPlain) throw new FileFault('its colours are those of HDR, or rare');
  if (hasNarrowGreys) throw new FileFault('its greys are stored in a rare way');
  return readable;
}
