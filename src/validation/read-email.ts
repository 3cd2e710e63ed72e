import { MAX_EMAIL_LENGTH } from '../jobs/request/main-fields.js';
import { asciiHost, isHostName } from './host-name.js';
import { asText, read, type Reading, refuse } from './reading.js';

/** @see https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1 */
const MAX_NAME_LENGTH = 64;
const MAX_DOMAIN_LENGTH = 253;

const NOT_PLAIN = /[\p{Cc}\p{Cf}\p{Z}"()<>[\]\\:]/u;
const DOT_ATOM = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const DOTTED_NAME = /^[\w!#$%&'*+/=?^`{|}~-][\w!#$%&'*+/=?^`{|}~.-]*$/;
/** What some mail programs decode before they look for the @. @see https://www.rfc-editor.org/rfc/rfc2047 */
const ENCODED_WORD = /=\?.*\?=/;
const QUOTED_NAME = /^"([^"@]*)"@([^"@]*)$/;
/**
 * Japan's network providers: mobile carriers among them gave out names with two dots in a row, or one before the @,
 * until 2009. Elsewhere those are slips of the finger.
 */
const DOTTED_DOMAINS = ['ne.jp', 'au.com'] as const;

/**
 * Reads exactly one plain addr-spec. International domains become their ASCII form; names before the @ must
 * be ASCII, since not every mail server takes others; quoted names, comments, domain literals, display names
 * and lists are refused. Names such as `a..b@docomo.ne.jp`, which Japanese carriers gave out, are read with quotes
 * or without, and always given without: a mail has to add them. Blank is an empty text, for doors where an address
 * may be left out.
 * @see https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2
 */
export function readEmail(raw: unknown): Reading<string> {
  const text = asText(raw);
  if (text === null) return refuse('field.not_text');
  if (text === '') return read('');
  // Trimming forgives a space around the address but never a line break: that is how headers are injected.
  if (typeof raw === 'string' && /[\r\n]/.test(raw)) return refuse('email.not_plain');
  if (/[,;]/.test(text) || text.split('@').length > 2) return refuse('email.several');
  const plain = withoutQuotes(text);
  if (NOT_PLAIN.test(plain)) return refuse('email.not_plain');
  const at = plain.indexOf('@');
  return at < 0 ? refuse('email.no_at') : readParts(plain.slice(0, at), plain.slice(at + 1));
}

/** The quotes that a dotted name needs in a mail are no part of it. */
function withoutQuotes(text: string): string {
  const [, name = '', domain = ''] = QUOTED_NAME.exec(text) ?? [];
  return isDotted(asciiHost(domain)) ? `${name}@${domain}` : text;
}

function readParts(name: string, domain: string): Reading<string> {
  if (/[^\0-\x7F]/.test(name)) return refuse('email.name_not_ascii');
  if (ENCODED_WORD.test(name)) return refuse('email.encoded_name');
  const host = asciiHost(domain);
  if (!(isDotted(host) ? DOTTED_NAME : DOT_ATOM).test(name)) return refuse('email.bad_name');
  const address = `${name}@${host}`;
  const isTooLong = name.length > MAX_NAME_LENGTH || address.length > MAX_EMAIL_LENGTH;
  if (isTooLong || domain.length > MAX_DOMAIN_LENGTH) return refuse('email.too_long');
  return isHostName(host) ? read(address) : refuse('email.bad_domain');
}

function isDotted(host: string): boolean {
  return DOTTED_DOMAINS.some((domain) => host === domain || host.endsWith(`.${domain}`));
}
