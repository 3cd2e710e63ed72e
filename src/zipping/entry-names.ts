import anyAscii from 'any-ascii';
import type { Candidate } from '../jobs/candidate.js';
import type { ImageFormat } from '../jobs/image-record.js';
import { DEFAULT_NAME_PATTERN, type NamePlace } from '../jobs/request/name-pattern.js';
import { slug } from './slug.js';

/** Leaves room for number, hyphens and extension within the 80 bytes of a name. */
const MAX_SLUG_LENGTH = 60;
/** Leaves room for the suffix of equal names and for the extension. */
const MAX_BASE_LENGTH = 66;
const MIN_NUMBER_WIDTH = 3;

/** Names that Windows reserves for devices, with any extension. */
const RESERVED = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$/i;

/** Whether Windows reserves a name without extension for a device. */
export function isReservedName(name: string): boolean {
  return RESERVED.test(name);
}

/** The usual extension of each format. */
const EXTENSIONS: Readonly<Record<ImageFormat, string>> = {
  jpeg: 'jpg',
  png: 'png',
  webp: 'webp',
  gif: 'gif',
  avif: 'avif',
};

/** The facts that a name may use. */
export interface NamedImage {
  readonly candidate: Pick<Candidate, 'title' | 'site' | 'pageUrl' | 'engine'>;
  /** Its query, if the archive has several. */
  readonly query?: string | undefined;
  /** The file in the archive. */
  readonly file: { readonly format: ImageFormat; readonly width: number; readonly height: number };
}

/** Naming of the files of one archive. */
export interface Naming {
  /** The number of files, which decides the width of the numbers. */
  readonly count: number;
  /** Replaces a title that is missing or leaves nothing. */
  readonly query: string;
  /** As validated; `{number}-{title}` if absent. */
  readonly pattern?: string | undefined;
}

/**
 * Names files one after the other: the pattern filled in, with the true extension; at most 80 bytes of ASCII
 * letters, digits, `-` and `_`; unique ignoring case. Of a URL, only the host name may be used.
 */
export function entryNamer({ count, query, pattern = DEFAULT_NAME_PATTERN }: Naming) {
  const width = Math.max(MIN_NUMBER_WIDTH, String(count).length);
  const taken = new Set<string>();
  let last = 0;
  return (image: NamedImage): string => {
    const number = String((last += 1)).padStart(width, '0');
    const base = baseOf(pattern, valuesOf(image, number, image.query ?? query)) || number;
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
  return isReservedName(base) ? `image-${base}` : base;
}

function hostOf(address: string | null): string | null {
  return address !== null && URL.canParse(address) ? new URL(address).hostname : null;
}

/** The file name of an archive for people, without extension, e.g. `red-panda`. */
export function archiveBaseName(query: string): string {
  const name = slug(query, MAX_SLUG_LENGTH);
  return name === '' || isReservedName(name) ? 'images' : name;
}
