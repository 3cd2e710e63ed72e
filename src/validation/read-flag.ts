import { asText, read, type Reading, refuse } from './reading.js';

const YES = /^(?:true|yes|on|1)$/i;
const NO = /^(?:|false|no|off|0)$/i;

/** Reads a yes or no, as JSON, a check box or a person says it; blank is no. */
export function readFlag(raw: unknown): Reading<boolean> {
  const text = typeof raw === 'boolean' ? String(raw) : asText(raw);
  if (text === null) return refuse('field.not_text');
  if (YES.test(text)) return read(true);
  return NO.test(text) ? read(false) : refuse('flag.unclear');
}
