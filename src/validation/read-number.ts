import type { NumberField } from '../jobs/request/request-field.js';
import { asText, read, type Reading, refuse } from './reading.js';

type Unit = NumberField['unit'];

/** The units as people write them behind a number. */
const UNITS: Readonly<Record<Unit, RegExp>> = {
  pixels: /\s*(?:px|pixels?)$/i,
  percent: /\s*(?:%|percent)$/i,
  none: /$/,
};
const PLAIN_DIGITS = /^\d{1,10}$/;

/** Reads a whole number with or without its unit; blank is null, and a text that is no number is NaN. */
export function readNumber(raw: unknown, unit: Unit): Reading<number | null> {
  const text = asText(raw)?.normalize('NFKC');
  if (text === undefined) return refuse('field.not_text');
  if (text === '') return read(null);
  const digits = withoutUnit(text, unit);
  return read(PLAIN_DIGITS.test(digits) ? Number(digits) : Number.NaN);
}

/** The text without its unit, if it ends with one. */
export function withoutUnit(text: string, unit: Unit): string {
  return text.replace(UNITS[unit], '');
}
