import type { ClaimedSize, LicenceHint } from '../../jobs/candidate.js';
import { beginningIn, listIn, sizeIn, urlIn } from '../shapes.js';
import { endOfJson, parseLiteral, unwrapped } from './json-values.js';
import { readLicence } from './licence.js';

/** The facts of an embedded record about one result. */
export interface ResultRecord {
  readonly docId: string;
  readonly imageUrl: string | null;
  readonly claimed: ClaimedSize | null;
  readonly previewUrl: string | null;
  readonly pageUrl: string | null;
  readonly title: string | null;
  readonly site: string | null;
  readonly licence: LicenceHint | null;
}

/** A character of JSON in a JavaScript string, or in a string inside one. */
const sign = (plain: string, code: string): string => String.raw`(?:${plain}|\\{1,4}(?:x|u00)${code})`;
const [BRACKET, COMMA] = [sign(String.raw`\[`, '5b'), sign(',', '2c')];
const startOf = (quote: string): RegExp =>
  new RegExp(
    String.raw`${BRACKET}\s*-?\d+\s*${COMMA}\s*${quote}[^"\\\s]{1,64}${quote}\s*${COMMA}\s*(?:[[{\\]|null|-?\d)`,
    'i',
  );
/** Beginning of a record in a script: a number, the document id, then the preview or something before it. */
export const ANY_RECORD_START = startOf(String.raw`\\{0,4}(?:"|(?:x|u00)22)`);
/** The same inside a string with escaped quotes. */
const WRAPPED_START = startOf(String.raw`\\{1,4}(?:"|(?:x|u00)22)`);
/** The same in plain JSON. */
const RECORD_START = /\[\s*-?\d+\s*,\s*"[^"\\\s]{1,64}"\s*,\s*(?=[[{]|null|-?\d)/g;
/** The most strings that are unwrapped. */
const MOST_WRAPPINGS = 2;
/** Preview and image are among the first entries; the entries between them have changed before. */
const PICTURE_PLACES = 8;
/**
 * A text is searched for at most this many times its length, because a script may begin records without end.
 */
const MOST_ROUNDS = 20;
/** Hosts of Google's previews. */
const PREVIEW = /^(?:https?:\/\/encrypted-tbn\d*\.gstatic\.com\/|data:)/i;

/**
 * Reads a record by its shape: `[number, document id, [preview, height, width], [image, height, width], …,
 * {meta}]`. The height comes before the width.
 * @returns null for anything else
 */
export function readRecord(value: unknown): ResultRecord | null {
  if (!Array.isArray(value)) return null;
  const [, docId, ...rest]: unknown[] = value;
  const { preview, picture } = picturesIn(rest.slice(0, PICTURE_PLACES));
  if (typeof docId !== 'string' || docId === '' || picture === null) return null;
  const meta = rest.filter(isObject).find((entry) => readPicture(entry) === null) ?? {};
  const page = readPage(meta);
  return {
    docId,
    imageUrl: picture.url,
    claimed: picture.size,
    previewUrl: preview?.url ?? null,
    pageUrl: page.url,
    title: page.title ?? beginningIn(listIn(meta['2008'])[1]),
    site: page.site ?? beginningIn(listIn(meta['2000'])[1]),
    licence: readLicence(meta['2006']),
  };
}

/**
 * Finds values in a script's text that may be records; strings are parsed, never cut. It also finds data
 * inside a string, or in a string inside one.
 */
export function recordsInScript(script: string): unknown[] {
  let found = new Map<unknown, unknown>();
  let text = script;
  for (let depth = 0; depth <= MOST_WRAPPINGS; depth += 1) {
    const { records, isDone } = recordsInText(text);
    const hasAll = [...found.keys()].every((docId) => records.has(docId));
    // Earlier findings may have been parts of these, whose order counts.
    found = hasAll ? records : new Map([...records, ...found]);
    if (isDone || !text.includes('\\')) break;
    text = unwrapped(text);
  }
  return [...found.values()];
}

/** @returns the records of a text by document, and whether every beginning belonged to one of them */
function recordsInText(text: string): { readonly records: Map<unknown, unknown>; readonly isDone: boolean } {
  const records = new Map<unknown, unknown>();
  let left = MOST_ROUNDS * text.length;
  let isDone = !WRAPPED_START.test(text);
  for (const { index } of text.matchAll(RECORD_START)) {
    const end = endOfJson(text, index);
    left -= (end === -1 ? text.length : end) - index;
    if (left < 0) break;
    const value = end === -1 ? undefined : parseLiteral(text.slice(index, end));
    const record = readRecord(value);
    if (record === null || !isPlain(record)) isDone = false;
    else if (!records.has(record.docId)) records.set(record.docId, value);
  }
  return { records, isDone };
}

/** Addresses hold no backslash and titles hardly an escape: a record with one is still inside a string. */
function isPlain({ imageUrl, previewUrl, pageUrl, title, site }: ResultRecord): boolean {
  const isEscaped = [title, site].some(
    (text) => text !== null && /\\(?:u[\da-f]{4}|x[\da-f]{2})/i.test(text),
  );
  return !isEscaped && ![imageUrl, previewUrl, pageUrl].some((url) => url?.includes('\\'));
}

interface Picture {
  readonly address: string;
  readonly url: string | null;
  readonly size: ClaimedSize | null;
}

/**
 * The first picture is the preview and the second the image, unless the preview is missing or they are
 * swapped.
 */
function picturesIn(values: readonly unknown[]): { preview: Picture | null; picture: Picture | null } {
  const found = values.map(readPicture);
  const pictures = found.filter((picture) => picture !== null);
  const [first = null, second = null] = pictures;
  // A preview is never taken for the image.
  if (second !== null && isPreview(second) && !isPreview(first)) return { preview: second, picture: first };
  if (second !== null) return { preview: first, picture: second };
  const isAlone = first !== null && found[0] === null && !isPreview(first);
  return isAlone ? { preview: null, picture: first } : { preview: first, picture: null };
}

function isPreview(picture: Picture | null): boolean {
  return PREVIEW.test(picture?.address ?? '');
}

function readPicture(value: unknown): Picture | null {
  const [address, height, width] = picturePlaces(value);
  if (typeof address !== 'string' || !isPixels(height) || !isPixels(width)) return null;
  return {
    address,
    // Images out of documents have addresses that only Google understands.
    url: urlIn(address),
    size: sizeIn(width, height),
  };
}

/** A picture is a list of address, height and width, nested or not, or an object that names them. */
function picturePlaces(value: unknown): readonly unknown[] {
  const inner: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (!isObject(inner)) return listIn(inner);
  const named = (pattern: RegExp): unknown =>
    Object.entries(inner).find(([name, part]) => pattern.test(name) && isPixels(part))?.[1];
  const address = Object.values(inner).find((part) => urlIn(part) !== null);
  return [address, named(/^h/i), named(/^w/i)];
}

function isPixels(value: unknown): value is number | string {
  return typeof value === 'number' || (typeof value === 'string' && /^\d{1,5}$/.test(value));
}

/** The entry about the page is `2003`, or the one with an address and a title if the number changes. */
function readPage(meta: Record<string, unknown>): {
  url: string | null;
  title: string | null;
  site: string | null;
} {
  const entries = [meta['2003'], ...Object.values(meta)].map(listIn);
  const entry = entries.find((values) => urlIn(values[2]) !== null) ?? [];
  return {
    url: urlIn(entry[2]),
    title: beginningIn(entry[3]),
    site: beginningIn(entry[12]) ?? beginningIn(entry[17]),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
