import type { Candidate, ClaimedSize, LicenceHint } from './candidate.js';

/**
 * Maximum length of an address, in UTF-16 units: the length that all web software must support. A longer
 * address counts as not stated, since a cut address would be wrong.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-4.1
 */
export const MAX_URL_LENGTH = 8000;
/** The same for a `data:` address, which contains a preview itself. */
export const MAX_DATA_URL_LENGTH = 60_000;

/** Maximum lengths of texts, in UTF-16 units; a longer text is cut and ends with an ellipsis. */
const MAX_TITLE = 500;
const MAX_SITE = 253;
const MAX_LICENCE = 200;
/** Licences require the whole credit, and the credits of observatories are long. */
const MAX_CREDIT = 1000;
/** Maximum plausible pixels on a side. */
const MAX_SIDE_PX = 1_000_000;

/** Line breaks and other control characters. */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
/**
 * Marks that change the writing direction of the following text, even beyond the text they stand in. The
 * other marks (U+200E, U+200F, U+061C) only affect adjacent punctuation, and texts in Arabic and Hebrew need
 * them.
 */
const DIRECTION_MARKS = /[\u202A-\u202E\u2066-\u2069]/gu;
/** Characters that URL parsers ignore, and characters that they escape. */
const PASSED_OVER_IN_URL = /[\t\n\r]/g;
const ESCAPED_IN_URL = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/gu;

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Bounds and cleans every stated fact of a candidate, so that it can be stored and shown. */
export function boundedCandidate<C extends Candidate>(candidate: C): C {
  return {
    ...candidate,
    // Ids with the same beginning of this length count as the same.
    sourceId: candidate.sourceId.slice(0, MAX_URL_LENGTH),
    imageUrl: boundedUrl(candidate.imageUrl),
    previewUrl: boundedUrl(candidate.previewUrl),
    pageUrl: boundedUrl(candidate.pageUrl),
    title: boundedTitle(candidate.title),
    site: boundedText(candidate.site, MAX_SITE),
    claimed: boundedSize(candidate.claimed),
    licence: boundedLicence(candidate.licence),
  };
}

/** A title for the records: see {@link boundedText}. */
export function boundedTitle(title: string | null): string | null {
  return boundedText(title, MAX_TITLE);
}

/** @returns the address with invisible characters escaped, or null if the address is too long */
export function boundedUrl(url: string | null): string | null {
  if (url === null || url.length > longestOf(url)) return null;
  const escaped = url.replace(PASSED_OVER_IN_URL, '').replace(ESCAPED_IN_URL, encodeURIComponent);
  return escaped.length <= longestOf(url) ? escaped : null;
}

function longestOf(url: string): number {
  return url.startsWith('data:') ? MAX_DATA_URL_LENGTH : MAX_URL_LENGTH;
}

/**
 * A stated text in one line, without marks that change the direction of other text, cut between characters
 * that people see as one.
 * @param maxLength in UTF-16 units, including the ellipsis of a cut text
 * @returns null if nothing is left
 */
export function boundedText(text: string | null, maxLength: number): string | null {
  if (text === null) return null;
  // Read no further than needed to see that the text is too long.
  const line = oneLine(text.slice(0, 4 * maxLength));
  const isCut = line.length > maxLength || text.length > 4 * maxLength;
  const bounded = isCut ? `${line.slice(0, cutBefore(line, maxLength)).trimEnd()}…` : line;
  return line === '' ? null : bounded;
}

function oneLine(text: string): string {
  return text.replace(DIRECTION_MARKS, '').replace(CONTROLS, ' ').trim().toWellFormed();
}

/** The index at which to cut for an ellipsis: before the first character that does not fit. */
function cutBefore(text: string, maxLength: number): number {
  const room = maxLength - 1;
  const start = GRAPHEMES.segment(text).containing(room)?.index ?? text.length;
  // A letter with very many accents may be cut, but not within a surrogate pair.
  return start > 0 ? start : room - (isLowSurrogate(text, room) ? 1 : 0);
}

function isLowSurrogate(text: string, index: number): boolean {
  return /[\uDC00-\uDFFF]/.test(text.charAt(index));
}

function boundedSize(claimed: ClaimedSize | null): ClaimedSize | null {
  if (claimed === null) return null;
  const isSize = [claimed.width, claimed.height].every((side) => side > 0 && side <= MAX_SIDE_PX);
  return isSize ? claimed : null;
}

function boundedLicence(licence: LicenceHint | null): LicenceHint | null {
  if (licence === null) return null;
  const bounded = {
    name: boundedText(licence.name, MAX_LICENCE),
    url: boundedUrl(licence.url),
    credit: boundedText(licence.credit, MAX_CREDIT),
  };
  return Object.values(bounded).every((fact) => fact === null) ? null : bounded;
}
