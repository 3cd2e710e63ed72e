import type { ClaimedSize, LicenceHint } from '../../jobs/candidate.js';
import { endOfJson, parseLiteral, unwrapped } from './json-values.js';
import { readLicence } from './licence.js';

/** What an embedded record says about one result. */
export interface ResultRecord {
  readonly docId: string;
  readonly imageUrl: string | null;
  readonly claimed: ClaimedSize | null;
  readonly thumbnailUrl: string | null;
  readonly pageUrl: string | null;
  readonly title: string | null;
  readonly site: string | null;
  readonly licence: LicenceHint | null;
}

/** Beginning of a record in a script: a number, the document id, then the thumbnail, or something before it. */
const RECORD_START = /\[\s*-?\d+\s*,\s*"[^"\\\s]{1,64}"\s*,\s*(?=\[|null|-?\d)/g;
/** Thumbnail and image are among the first places; what stands between them has changed before. */
const PICTURE_PLACES = 8;
/** Where Google keeps its thumbnails. */
const THUMBNAIL = /^(?:https?:\/\/encrypted-tbn\d*\.gstatic\.com\/|data:)/i;

/**
 * Reads a record by its shape: `[number, document id, [thumbnail, height, width], [image, height, width], …,
 * {meta}]`. The height stands before the width.
 * @returns null where the value is something else
 */
export function readRecord(value: unknown): ResultRecord | null {
  if (!Array.isArray(value)) return null;
  const [, docId, ...rest]: unknown[] = value;
  const { thumbnail, picture } = picturesIn(rest.slice(0, PICTURE_PLACES));
  if (typeof docId !== 'string' || docId === '' || picture === null) return null;
  const meta = rest.find(isObject) ?? {};
  const page = readPage(meta);
  return {
    docId,
    imageUrl: picture.url,
    claimed: picture.size,
    thumbnailUrl: thumbnail?.url ?? null,
    pageUrl: page.url,
    title: page.title ?? textAt(meta['2008'], 1),
    site: page.site ?? textAt(meta['2000'], 1),
    licence: readLicence(meta['2006']),
  };
}

/** Finds the values in a script's text that may be records; strings are parsed, never cut. */
export function recordsInScript(script: string): unknown[] {
  const found = recordsInText(script);
  // Some pages hand their data over inside a string.
  return found.length > 0 || !script.includes('\\"') ? found : recordsInText(unwrapped(script));
}

function recordsInText(text: string): unknown[] {
  const found: unknown[] = [];
  for (const { index } of text.matchAll(RECORD_START)) {
    const end = endOfJson(text, index);
    const value = end === -1 ? undefined : parseLiteral(text.slice(index, end));
    if (readRecord(value) !== null) found.push(value);
  }
  return found;
}

interface Picture {
  readonly url: string | null;
  readonly size: ClaimedSize | null;
}

/** The first is the thumbnail, the second the image, unless it is the thumbnail's place that was left empty. */
function picturesIn(values: readonly unknown[]): { thumbnail: Picture | null; picture: Picture | null } {
  const found = values.map(readPicture);
  const pictures = found.filter((picture) => picture !== null);
  const [first = null, second = null] = pictures;
  if (second !== null) return { thumbnail: first, picture: second };
  // A thumbnail is never taken for the image.
  const isAlone = first !== null && found[0] === null && !isThumbnail(values[found.indexOf(first)]);
  return isAlone ? { thumbnail: null, picture: first } : { thumbnail: first, picture: null };
}

function isThumbnail(value: unknown): boolean {
  return Array.isArray(value) && THUMBNAIL.test(String(value[0]));
}

function readPicture(value: unknown): Picture | null {
  if (!Array.isArray(value)) return null;
  const [url, height, width]: unknown[] = value;
  if (typeof url !== 'string' || typeof height !== 'number' || typeof width !== 'number') return null;
  // Images out of documents have addresses only Google understands.
  return {
    url: /^https?:\/\//i.test(url) ? url : null,
    size: height > 0 && width > 0 ? { width, height } : null,
  };
}

/** The entry about the page is `2003`; should its number change, it is the one with an address and a title. */
function readPage(meta: Record<string, unknown>): {
  url: string | null;
  title: string | null;
  site: string | null;
} {
  const entry = [meta['2003'], ...Object.values(meta)].find((value) => isUrl(textAt(value, 2)));
  return {
    url: textAt(entry, 2),
    title: textAt(entry, 3),
    site: textAt(entry, 12) ?? textAt(entry, 17),
  };
}

function isUrl(text: string | null): boolean {
  return text !== null && /^https?:\/\//i.test(text);
}

/** The non-empty text at `index` of what may be an array. */
function textAt(value: unknown, index: number): string | null {
  if (!Array.isArray(value)) return null;
  const item: unknown = value[index];
  return typeof item === 'string' && item.trim() !== '' ? item.trim() : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
