import type { ImageFormat } from '../jobs/image-record.js';
import type { KeptImage } from './kept-image.js';
import { slug } from './slug.js';

/** Room for number, hyphens and extension within the 80 bytes of a name. */
const MAX_SLUG_LENGTH = 60;
const MIN_NUMBER_WIDTH = 3;

/** Names that Windows keeps for devices, whatever the extension. */
const RESERVED = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$/;

/** The extension people expect for what the file really is. */
const EXTENSIONS: Readonly<Record<ImageFormat, string>> = {
  jpeg: 'jpg',
  png: 'png',
  webp: 'webp',
  gif: 'gif',
  avif: 'avif',
};

/**
 * The file names of kept images, in their order: `001-<slug of the title>.<true extension>`, at most 80 bytes
 * of ASCII. The number makes each unique, ignoring case; nothing comes from a URL.
 *
 * @param query stands in for a title that is missing or has nothing to offer
 */
export function entryNames(kept: readonly KeptImage[], query: string): string[] {
  const width = Math.max(MIN_NUMBER_WIDTH, String(kept.length).length);
  return kept.map(({ candidate, outcome }, index) => {
    const number = String(index + 1).padStart(width, '0');
    const words = slug(candidate.title ?? '', MAX_SLUG_LENGTH) || slug(query, MAX_SLUG_LENGTH) || 'image';
    return `${number}-${words}.${EXTENSIONS[outcome.file.format]}`;
  });
}

/** The name of a whole archive as people save it, without extension, e.g. `red-panda`. */
export function archiveBaseName(query: string): string {
  const name = slug(query, MAX_SLUG_LENGTH);
  return name === '' || RESERVED.test(name) ? 'images' : name;
}
