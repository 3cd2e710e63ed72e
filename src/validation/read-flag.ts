import { asText, read, type Reading, refuse } from './reading.js';

const YES = /^(?:true|yes|on|1)$/i;
const NO = /^(?:|false|no|off|0)$/i;

/** Reads a yes or no from JSON, a check box or a person; blank is no, and any other text stays as it is. */
export function readFlag(raw: unknown): Reading<boolean | string> {
  const text = typeof raw === 'boolean' ? String(raw) : asText(raw);
  if (text === null) return refuse('field.not_text');
  return read(YES.test(text) || (NO.test(text) ? false : text));
}
