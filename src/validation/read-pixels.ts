import type { Filters } from '../jobs/request/filters.js';
import { MAX_SIDE_PX } from '../jobs/request/request-fields.js';
import { asText, read, type Reading, refuse } from './reading.js';

const UNIT = /\s*(?:px|pixels?)$/i;
const PLAIN_DIGITS = /^\d{1,9}$/;
const SIZE = /^(\d{1,9})\s*(?:[x×*]|by)\s*(\d{1,9})$/i;

type ExactSize = Pick<Filters, 'exactWidth' | 'exactHeight'>;

/** Reads a number of pixels with or without `px`; blank is null, and a text that is no number is NaN. */
export function readPixels(raw: unknown): Reading<number | null> {
  const text = asText(raw)?.normalize('NFKC');
  if (text === undefined) return refuse('field.not_text');
  if (text === '') return read(null);
  const digits = text.replace(UNIT, '');
  return read(PLAIN_DIGITS.test(digits) ? Number(digits) : Number.NaN);
}

/** Reads `1920x1080`; blank is null. */
export function readExactSize(raw: unknown): Reading<ExactSize | null> {
  const text = asText(raw)?.normalize('NFKC');
  if (text === undefined) return refuse('field.not_text');
  if (text === '') return read(null);
  const [, exactWidth = 0, exactHeight = 0] = (SIZE.exec(text.replace(UNIT, '')) ?? []).map(Number);
  const isRight = [exactWidth, exactHeight].every((side) => side >= 1 && side <= MAX_SIDE_PX);
  return isRight ? read({ exactWidth, exactHeight }) : refuse('exactSize.invalid', { max: MAX_SIDE_PX });
}
