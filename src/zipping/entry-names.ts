import anyAscii from 'any-ascii';
import type { Candidate } from '../jobs/candidate.js';
import type { ImageFormat } from '../jobs/image-record.js';
import { DEFAULT_NAME_PATTERN, type NamePlace } from '../jobs/request/name-pattern.js';
import { slug } from './slug.js';

/** Leaves space for number, hyphens and extension within the 80 bytes of a name. */
const MAX_SLUG_LENGTH = 60;
/** Leaves space for a unique suffix and the extension. */
const MAX_BASE_LENGTH = 66;
const MIN_NUMBER_WIDTH = 3;

/** Names that Windows reserves for devices, with any extension. */
const RESERVED = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$/i;

/** The usual extension of each format. */
const EXTENSIONS: Readonly<Record<ImageFormat, string>> = {
  jpeg: 'jpg',
  png: 'png',
  webp: 'webp',
  gif: 'gif',
  avif: 'avif',
};

/** The facts of an image that its name may contain. */
export interface NamedImage {
  readonly candidate: Pick<Candidate, 'title' | 'site' | 'pageUrl' | 'engine'>;
  /** The file as it is in the archive. */
  readonly file: { readonly format: ImageFormat; readonly width: number; readonly height: number };
}

/** Options for naming the files of one archive. */
export interface Naming {
  /** Number of files; decides the width of the numbers. */
  readonly count: number;
  /** Replaces a title that is missing or has no usable characters. */
  readonly query: string;
  /** A validated name pattern; `{number}-{title}` by default. */
  readonly pattern?: string | undefined;
}

/**
 * Returns a function that names one file after another: the pattern filled in, with the extension of the real
 * format. Names have at most 80 bytes of ASCII letters, digits, `-` and `_`, and are unique ignoring case.
 * They contain no part of a URL except its host name.
 */
export function entryNamer({ count, query, pattern = DEFAULT_NAME_PATTERN }: Naming) {
  const width = Math.max(MIN_NUMBER_WIDTH, String(count).length);
  const taken = new Set<string>();
  let last = 0;
  return (image: NamedImage): string => {
    const number = String((last += 1)).padStart(width, '0');
    const base = baseOf(pattern, valuesOf(image, number, query)) || number;
    const extension = EXTENSIONS[image.file.format];
    let name = `${base}.${extension}`;
    for (let tries = 1; taken.has(name.toLowerCase()); tries += 1)
      name = `${base}-${number}${tries === 1 ? '' : `-${tries}`}.${extension}`;
    taken.add(name.toLowerCase());
    return name;
  };
}

function valuesOf({ candidate, file }: NamedImage, number: string, query: string): Record<NamePlace, string> {
  const words = slug(query, MAX_SLUG_LENGTH) || 'image';
  const site = candidate.site ?? hostOf(candidate.pageUrl) ?? candidate.engine;
  return {
    number,
    title: slug(candidate.title ?? '', MAX_SLUG_LENGTH) || words,
    query: words,
    site: slug(site, MAX_SLUG_LENGTH) || candidate.engine,
    engine: candidate.engine,
    width: String(file.width),
    height: String(file.height),
  };
}

function baseOf(pattern: string, values: Readonly<Record<string, string>>): string {
  const base = anyAscii(pattern.replace(/\{(\w+)\}/g, (_place, name: string) => values[name] ?? ''))
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/-{2,}/g, '-')
    .slice(0, MAX_BASE_LENGTH)
    .replace(/^[-_]+|[-_]+$/g, '');
  return RESERVED.test(base) ? `image-${base}` : base;
}

function hostOf(address: string | null): string | null {
  return address !== null && URL.canParse(address) ? new URL(address).hostname : null;
}

/** @returns the file name of an archive for downloads, without extension, e.g. `red-panda` */
export function archiveBaseName(query: string): string {
  const name = slug(query, MAX_SLUG_LENGTH);
  return name === '' || RESERVED.test(name) ? 'images' : name;
}
