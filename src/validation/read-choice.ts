import { ENGINE_NAMES, ENGINES } from '../engines/engines.js';
import { nearestName } from '../config/nearest-name.js';
import { asText, read, type Reading, refuse, type Refused } from './reading.js';

const MAX_SHOWN = 40;

/** Spellings that people use for choices. */
const SYNONYMS: Readonly<Record<string, string>> = {
  GREY: 'gray',
  GRAYSCALE: 'gray',
  BLACK_AND_WHITE: 'gray',
  COLOUR: 'color',
  FACES: 'face',
  PHOTOS: 'photo',
  CLIP_ART: 'clipart',
  LINEART: 'line',
  LINE_ART: 'line',
  LINE_DRAWING: 'line',
  GIF_ANIMATION: 'animated',
  JPG: 'jpeg',
  PANORAMA: 'panoramic',
  CC0: 'public_domain',
  ON: 'strict',
  ...Object.fromEntries(
    ENGINE_NAMES.flatMap((name) => (ENGINES[name].alsoCalled ?? []).map((other) => [folded(other), name])),
  ),
};

/** Finds a choice in any case, with spaces or hyphens for underscores; null if there is none. */
export function findChoice<T extends string>(text: string, choices: readonly T[]): T | null {
  const upper = folded(text);
  const meant = SYNONYMS[upper];
  return choices.find((choice) => choice.toUpperCase() === upper || choice === meant) ?? null;
}

function folded(text: string): string {
  return text.replace(/[\s_-]+/g, '_').toUpperCase();
}

/** Finds the choice that an unknown one probably means, or null. */
export function nearestChoice<T extends string>(text: string, choices: readonly T[]): T | null {
  const upper = nearestName(
    shown(text),
    choices.map((choice) => choice.toUpperCase()),
  );
  return choices.find((choice) => choice.toUpperCase() === upper) ?? null;
}

/** Shortens what somebody typed, to quote it in a problem. */
export function shown(text: string): string {
  return [...text].slice(0, MAX_SHOWN).join('');
}

/** Reads a choice in any spelling; blank and `any` are null, and a text that is no choice stays as it is. */
export function readChoice(raw: unknown, choices: readonly string[]): Reading<string | null> {
  const text = asText(raw);
  if (text === null) return refuse('field.not_text');
  return read(text === '' || /^any$/i.test(text) ? null : (findChoice(text, choices) ?? text));
}

/** Says that a text is no choice, with the choice that was probably meant. */
export function refuseChoice(text: string, choices: readonly string[]): Refused {
  const nearest = nearestChoice(text, choices);
  const value = shown(text);
  return nearest === null
    ? refuse('choice.unknown', { value, choices: choices.join(', ') })
    : refuse('choice.unknown_near', { value, nearest });
}
