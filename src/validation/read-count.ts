import { asText, read, type Reading, refuse } from './reading.js';

/** NFKC turns the full-width digits of Japanese and Chinese keyboards into these. */
const PLAIN_DIGITS = /^-?\d{1,15}$/;

/**
 * Reads the number of images: plain digits only, so `12`, ` 12 `, `012` and `１２` are twelve, while `1e2`,
 * `12.0`, `+5` and `0x10` are refused. A JSON number counts by its value.
 * @param max most images a job may ask for
 */
export function readCount(raw: unknown, max: number): Reading<number> {
  const text = asText(raw)?.normalize('NFKC');
  if (text === undefined) return refuse('field.not_text');
  if (text === '') return refuse('count.missing', { max });
  if (!PLAIN_DIGITS.test(text)) return refuse('count.not_whole', { max });
  const count = Number(text);
  if (count < 1) return refuse('count.too_small');
  return count > max ? refuse('count.too_large', { max }) : read(count);
}
