import type { Candidate, ClaimedSize, LicenceHint } from './candidate.js';

/**
 * Longest address that is kept, in UTF-16 units: as long as everybody on the web has to understand. A cut address
 * would be another one, so a longer one counts as not stated.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-4.1
 */
export const MAX_URL_LENGTH = 8000;
/** The same for a `data:` address, which holds a thumbnail itself. */
export const MAX_DATA_URL_LENGTH = 60_000;

/** Longest texts that are kept, in UTF-16 units; a longer one ends with an ellipsis. */
const MAX_TITLE = 500;
const MAX_SITE = 253;
const MAX_LICENCE = 200;
/** Licences ask for the whole credit, and those of observatories are long. */
const MAX_CREDIT = 1000;
/** No picture has more pixels on a side. */
const MAX_SIDE_PX = 1_000_000;

/** Everything that breaks a line or is not seen at all. */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
/**
 * Marks that turn the direction of what follows, also beyond their own text. The others (U+200E, U+200F, U+061C) turn
 * nothing but a comma beside them, and texts in Arabic and Hebrew need them.
 */
const DIRECTION_MARKS = /[\u202A-\u202E\u2066-\u2069]/gu;
/** What every reader of addresses passes over, and what each of them writes as an escape. */
const PASSED_OVER_IN_URL = /[\t\n\r]/g;
const ESCAPED_IN_URL = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/gu;

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A candidate with every stated fact made fit to be kept and shown, however long and whatever it was. */
export function boundedCandidate<C extends Candidate>(candidate: C): C {
  return {
    ...candidate,
    // Ids that are the same so far are taken for the same.
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

/** A title as it is kept: see {@link boundedText}. */
export function boundedTitle(title: string | null): string | null {
  return boundedText(title, MAX_TITLE);
}

/** @returns the same address with what cannot be seen in it escaped, or null where it is too long to be kept */
export function boundedUrl(url: string | null): string | null {
  if (url === null || url.length > longestOf(url)) return null;
  const escaped = url.replace(PASSED_OVER_IN_URL, '').replace(ESCAPED_IN_URL, encodeURIComponent);
  return escaped.length <= longestOf(url) ? escaped : null;
}

function longestOf(url: string): number {
  return url.startsWith('data:') ? MAX_DATA_URL_LENGTH : MAX_URL_LENGTH;
}

/**
 * A stated text in one line, without marks that turn the direction of others, cut between characters as people see
 * them.
 * @param maxLength in UTF-16 units, the ellipsis of a cut one included
 * @returns null where nothing is left
 */
export function boundedText(text: string | null, maxLength: number): string | null {
  if (text === null) return null;
  // A cut one is looked at no further than it takes to find out that it is too long.
  const line = oneLine(text.slice(0, 4 * maxLength));
  const isCut = line.length > maxLength || text.length > 4 * maxLength;
  const bounded = isCut ? `${line.slice(0, cutBefore(line, maxLength)).trimEnd()}…` : line;
  return line === '' ? null : bounded;
}

function oneLine(text: string): string {
  return text.replace(DIRECTION_MARKS, '').replace(CONTROLS, ' ').trim().toWellFormed();
}

/** Where a text is cut to leave room for an ellipsis: before the character that does not fit any more. */
function cutBefore(text: string, maxLength: number): number {
  const room = maxLength - 1;
  const start = GRAPHEMES.segment(text).containing(room)?.index ?? text.length;
  // One letter under a heap of accents is cut all the same, but not within one of them.
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
