import type { Filters } from '../jobs/request/filters.js';
import { MAX_SIDE_PX } from '../jobs/request/request-field.js';
import { withoutUnit } from './read-number.js';
import { asText, read, type Reading, refuse } from './reading.js';

const SIZE = /^(\d{1,9})\s*(?:[x×*]|by)\s*(\d{1,9})$/i;

type ExactSize = Pick<Filters, 'exactWidth' | 'exactHeight'>;

/** Reads `1920x1080`; blank is null. */
export function readExactSize(raw: unknown): Reading<ExactSize | null> {
  const text = asText(raw)?.normalize('NFKC');
  if (text === undefined) return refuse('field.not_text');
  if (text === '') return read(null);
  const [, exactWidth = 0, exactHeight = 0] = (SIZE.exec(withoutUnit(text, 'pixels')) ?? []).map(Number);
  const isRight = [exactWidth, exactHeight].every((side) => side >= 1 && side <= MAX_SIDE_PX);
  return isRight ? read({ exactWidth, exactHeight }) : refuse('exactSize.invalid', { max: MAX_SIDE_PX });
}
