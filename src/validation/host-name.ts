import { domainToASCII } from 'node:url';

/** Checked before the conversion, which would decode `%2e`, read `0x7f.1` as an address and cut at a slash. */
const DOMAIN_CHARACTERS = /^[\p{L}\p{M}\p{N}.\-\u3002\uFF0E\uFF61]+$/u;
const HOST_NAME = /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+(?!\d+$)[a-z\d](?:[a-z\d-]{0,61}[a-z\d])$/;

/** A domain in its ASCII form, lower case; '' where it cannot be one. */
export function asciiHost(domain: string): string {
  return DOMAIN_CHARACTERS.test(domain) ? domainToASCII(domain).toLowerCase() : '';
}

/** Whether `host` is a whole name in ASCII, such as `example.org`: at least two labels, no address. */
export function isHostName(host: string): boolean {
  return HOST_NAME.test(host);
}
