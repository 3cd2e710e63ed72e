import { nearestName } from '../config/nearest-name.js';
import { DEFAULT_NAME_PATTERN, NAME_PLACES } from '../jobs/request/output.js';
import { shown } from './read-choice.js';
import { asText, read, type Reading, refuse } from './reading.js';

const MAX_LENGTH = 100;
const PLACE = /\{([^{}]*)\}/g;
const SAFE = /^[\p{L}\p{N}\p{M} _-]*$/u;

/** Reads a pattern for file names such as `{number}-{title}`; blank is null. */
export function readNamePattern(raw: unknown): Reading<string | null> {
  const text = asText(raw)?.normalize('NFC');
  if (text === undefined) return refuse('field.not_text');
  if (text === '') return read(null);
  if (text.length > MAX_LENGTH) return refuse('namePattern.too_long', { max: MAX_LENGTH });
  for (const [, place = ''] of text.matchAll(PLACE))
    if (!NAME_PLACES.some((known) => known === place)) return unknownPlace(place);
  const between = text.replace(PLACE, '');
  const example = DEFAULT_NAME_PATTERN;
  if (/[{}]/.test(between)) return refuse('namePattern.open_brace', { example });
  return SAFE.test(between) ? read(text) : refuse('namePattern.characters', { example });
}

function unknownPlace(name: string): Reading<never> {
  const upper = nearestName(
    name,
    NAME_PLACES.map((known) => known.toUpperCase()),
  );
  const place = shown(name);
  const places = NAME_PLACES.map((known) => `{${known}}`).join(' ');
  return upper === null
    ? refuse('namePattern.unknown_place', { place, places })
    : refuse('namePattern.unknown_near', { place, nearest: upper.toLowerCase() });
}
