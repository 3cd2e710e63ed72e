import { nearestName } from '../config/nearest-name.js';
import { NAME_PLACES } from '../jobs/request/name-pattern.js';
import { shown } from './read-choice.js';
import { asText, read, type Reading, refuse, type Refused } from './reading.js';

const PLACE = /\{([^{}]*)\}/g;

/** Reads a pattern for file names such as `{number}-{title}`; blank is null. */
export function readNamePattern(raw: unknown): Reading<string | null> {
  const text = asText(raw)?.normalize('NFC');
  return text === undefined ? refuse('field.not_text') : read(text === '' ? null : text);
}

/** Refuses the first unknown name in braces, with the known name it probably means; null if all are known. */
export function unknownPlaceIn(pattern: string): Refused | null {
  const names = [...pattern.matchAll(PLACE)].map(([, name = '']) => name);
  const unknown = names.find((name) => !NAME_PLACES.some((known) => known === name));
  if (unknown === undefined) return null;
  const upper = nearestName(
    unknown,
    NAME_PLACES.map((known) => known.toUpperCase()),
  );
  const place = shown(unknown);
  const places = NAME_PLACES.map((known) => `{${known}}`).join(' ');
  return upper === null
    ? refuse('namePattern.unknown_place', { place, places })
    : refuse('namePattern.unknown_near', { place, nearest: upper.toLowerCase() });
}
