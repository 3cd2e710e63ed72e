import { MAX_QUERY_LENGTH } from '../jobs/request/main-fields.js';
import { asText, read, type Reading, refuse } from './reading.js';

/** Half a surrogate pair, or the replacement character of a failed decoding. */
const BROKEN = /\p{Surrogate}|\uFFFD/u;
const CONTROL = /\p{Cc}/u;
/** Embeddings, overrides and isolates, without the plain marks that Hebrew and Arabic text needs. */
const DIRECTION_OVERRIDE = /[\u202A-\u202E\u2066-\u2069]/u;
const SOMETHING_VISIBLE = /(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}\p{P}\p{S}]/u;

/**
 * Reads a search query in any language: trimmed, composed (NFC), with white space and line breaks as single
 * spaces. Control characters and direction overrides are refused, since they could disguise the query in
 * mails and pages.
 */
export function readQuery(raw: unknown): Reading<string> {
  const text = asText(raw);
  if (text === null) return refuse('field.not_text');
  if (BROKEN.test(text)) return refuse('query.broken_text');
  const query = text
    .replace(/[\s\u200B]+/gu, ' ')
    .trim()
    .normalize('NFC');
  if (DIRECTION_OVERRIDE.test(query)) return refuse('query.direction_overrides');
  if (CONTROL.test(query)) return refuse('query.control_characters');
  if (!SOMETHING_VISIBLE.test(query)) return refuse('query.missing');
  const length = [...query].length;
  return length > MAX_QUERY_LENGTH
    ? refuse('query.too_long', { max: MAX_QUERY_LENGTH, length })
    : read(query);
}
