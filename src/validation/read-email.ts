import { asciiHost, isHostName } from './host-name.js';
import { asText, read, type Reading, refuse } from './reading.js';

/** @see https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1 (errata 1690 for the whole address) */
const MAX_ADDRESS_LENGTH = 254;
const MAX_NAME_LENGTH = 64;
const MAX_DOMAIN_LENGTH = 253;

const NOT_PLAIN = /[\p{Cc}\p{Cf}\p{Z}"()<>[\]\\:]/u;
const DOT_ATOM = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;

/**
 * Reads exactly one plain addr-spec. International domains become their ASCII form; names before the @ must
 * be ASCII, since not every mail server takes others; quoted names, comments, domain literals, display names
 * and lists are refused. Blank is an empty text, for doors where an address may be left out.
 * @see https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2
 */
export function readEmail(raw: unknown): Reading<string> {
  const text = asText(raw);
  if (text === null) return refuse('field.not_text');
  if (text === '') return read('');
  // Trimming forgives a space around the address but never a line break: that is how headers are injected.
  if (typeof raw === 'string' && /[\r\n]/.test(raw)) return refuse('email.not_plain');
  if (/[,;]/.test(text) || text.split('@').length > 2) return refuse('email.several');
  if (NOT_PLAIN.test(text)) return refuse('email.not_plain');
  const at = text.indexOf('@');
  return at < 0 ? refuse('email.no_at') : readParts(text.slice(0, at), text.slice(at + 1));
}

function readParts(name: string, domain: string): Reading<string> {
  if (/[^\0-\x7F]/.test(name)) return refuse('email.name_not_ascii');
  if (!DOT_ATOM.test(name)) return refuse('email.bad_name');
  const host = asciiHost(domain);
  const address = `${name}@${host}`;
  const isTooLong = name.length > MAX_NAME_LENGTH || address.length > MAX_ADDRESS_LENGTH;
  if (isTooLong || domain.length > MAX_DOMAIN_LENGTH) return refuse('email.too_long');
  return isHostName(host) ? read(address) : refuse('email.bad_domain');
}
