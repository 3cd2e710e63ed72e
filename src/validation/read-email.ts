import { EMAIL_GRAMMAR } from '../jobs/request/email-grammar.js';
import { MAX_EMAIL_LENGTH } from '../jobs/request/main-fields.js';
import { asciiHost, isHostName } from './host-name.js';
import { asText, read, type Reading, refuse } from './reading.js';

/** @see https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1 */
const MAX_NAME_LENGTH = 64;
const MAX_DOMAIN_LENGTH = 253;

const NOT_PLAIN = /[\p{Cc}\p{Cf}\p{Z}"()<>[\]\\:]/u;
const DOT_ATOM = new RegExp(`^${EMAIL_GRAMMAR.dotAtom}$`);
const DOTTED_NAME = new RegExp(`^${EMAIL_GRAMMAR.dottedName}$`);
const ENCODED_WORD = new RegExp(EMAIL_GRAMMAR.encodedWord);
const QUOTED_NAME = /^"([^"@]*)"@([^"@]*)$/;
/**
 * Domains of Japanese network providers. Until 2009, mobile carriers gave out names with two dots in a row or
 * a dot before the @; anywhere else those are typing errors.
 */
const DOTTED_DOMAINS = ['ne.jp', 'au.com'] as const;

/**
 * Reads exactly one plain addr-spec; '' if it is blank. International domains become ASCII. The name before
 * the @ must be ASCII, since not every mail server takes others. Quoted names, comments, domain literals,
 * display names and lists are refused. Names such as `a..b@docomo.ne.jp` are read with or without quotes and
 * returned without them; the mail adds them again.
 * @see https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2
 */
export function readEmail(raw: unknown): Reading<string> {
  const text = asText(raw);
  if (text === null) return refuse('field.not_text');
  if (text === '') return read('');
  // A line break is refused even at the ends, where spaces are trimmed: it could inject a header.
  if (typeof raw === 'string' && /[\r\n]/.test(raw)) return refuse('email.not_plain');
  if (/[,;]/.test(text) || text.split('@').length > 2) return refuse('email.several');
  const plain = withoutQuotes(text);
  if (NOT_PLAIN.test(plain)) return refuse('email.not_plain');
  const at = plain.indexOf('@');
  return at < 0 ? refuse('email.no_at') : readParts(plain.slice(0, at), plain.slice(at + 1));
}

/** Removes the quotes that a dotted name needs in a mail. */
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
