/**
 * Readers for the parts of an unknown answer, by their shape. They skip values longer than any fact may be,
 * so that reading takes no time.
 */

import { MAX_URL_LENGTH } from '../jobs/candidate-facts.js';
import { withoutEntities } from './plain-text.js';

/** An object with any keys. */
export type Bag = Readonly<Record<string, unknown>>;

/** @returns the object, or null for anything else (a list too) */
export function bagIn(value: unknown): Bag | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
}

/** @returns the list; an empty one for anything else */
export function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** @returns the trimmed text, e.g. an id or a name; null if there is none, or it is too long to be one */
export function textIn(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > MAX_URL_LENGTH) return null;
  return value.trim() || null;
}

/** @returns a text or a number as text; null for anything else, which may not convert to text */
export function plainIn(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

/** @returns the beginning of a text of any length, e.g. a title; null if there is none */
export function beginningIn(value: unknown): string | null {
  return typeof value === 'string' ? textIn(value.slice(0, MAX_URL_LENGTH)) : null;
}

/** @returns the same with decoded entities, as in some titles */
export function wordsIn(value: unknown): string | null {
  const text = beginningIn(value);
  return text === null ? null : textIn(withoutEntities(text));
}

/** @returns a web address, `//…` read as a browser would on a secure page; null for anything else */
export function urlIn(value: unknown): string | null {
  const text = textIn(value)?.replace(/^\/\/(?=[^/])/, 'https://') ?? null;
  return text !== null && /^https?:\/\//i.test(text) && URL.canParse(text) ? text : null;
}

/** @returns the pixels, or null if they are missing */
export function sizeIn(width: unknown, height: unknown): { width: number; height: number } | null {
  const size = { width: numberIn(width), height: numberIn(height) };
  return size.width > 0 && size.height > 0 ? size : null;
}

/** Converts texts and numbers only: other JSON values are no numbers, and some of them throw. */
function numberIn(value: unknown): number {
  const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : 0;
  return Number.isFinite(number) ? number : 0;
}

/** @returns the value of a JSON text; undefined if it is invalid */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
