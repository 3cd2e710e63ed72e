import { asText, read, type Reading, refuse } from './reading.js';
import { readQuery } from './read-query.js';

const MAX_PHRASE_LENGTH = 100;

/** Reads words that are added to a search, checked like one; blank is ''. */
export function readPhrase(raw: unknown): Reading<string> {
  const text = asText(raw);
  if (text === null) return refuse('field.not_text');
  if (text === '') return read('');
  const phrase = readQuery(text);
  const isTooLong = phrase.ok
    ? [...phrase.value].length > MAX_PHRASE_LENGTH
    : phrase.code === 'query.too_long';
  return isTooLong ? refuse('phrase.too_long', { max: MAX_PHRASE_LENGTH }) : phrase;
}
