import { domainToASCII } from 'node:url';

/**
 * A domain for headers and SMTP: an international domain in its ASCII form, any other domain unchanged; '' if
 * there is no ASCII form.
 * @see https://www.rfc-editor.org/rfc/rfc5890#section-2.3.2.1
 */
export function asciiDomain(domain: string): string {
  return /^\p{ASCII}*$/u.test(domain) ? domain : domainToASCII(domain);
}
