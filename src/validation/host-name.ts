import { domainToASCII } from 'node:url';

/**
 * Characters to allow before the conversion, which decodes `%2e`, reads `0x7f.1` as an address and cuts at a
 * slash.
 */
const DOMAIN_CHARACTERS = /^[\p{L}\p{M}\p{N}.\-\u3002\uFF0E\uFF61]+$/u;
const HOST_NAME = /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+(?!\d+$)[a-z\d](?:[a-z\d-]{0,61}[a-z\d])$/;

/** Converts a domain to lower-case ASCII; '' if it is not a domain. */
export function asciiHost(domain: string): string {
  return DOMAIN_CHARACTERS.test(domain) ? domainToASCII(domain).toLowerCase() : '';
}

/** Whether `host` is a full ASCII name such as `example.org`: at least two labels, not an IP address. */
export function isHostName(host: string): boolean {
  return HOST_NAME.test(host);
}
