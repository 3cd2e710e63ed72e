import { domainToASCII } from 'node:url';

/**
 * A domain as headers and SMTP carry it: an international one in its ASCII form, any other as it was written; ''
 * where it has none.
 * @see https://www.rfc-editor.org/rfc/rfc5890#section-2.3.2.1
 */
export function asciiDomain(domain: string): string {
  return /^\p{ASCII}*$/u.test(domain) ? domain : domainToASCII(domain);
}
