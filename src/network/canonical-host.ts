/**
 * Writes a host in its one canonical spelling: lower case, no brackets, no trailing dot, and every spelling
 * of an IPv4 address (decimal, octal, hexadecimal, short, full-width) as four decimal parts.
 * @param host a name or address, in brackets or not
 * @returns null for hosts no URL may hold: empty, or with a zone id, credentials, a path or a port
 * @see https://url.spec.whatwg.org/#host-parsing
 */
export function canonicalHost(host: string): string | null {
  const isBareV6 = host.includes(':') && !host.startsWith('[');
  const address = `http://${isBareV6 ? `[${host}]` : host}/`;
  if (/[\s/?#@\\]/.test(host) || !URL.canParse(address)) return null;
  const parsed = new URL(address);
  if (parsed.port !== '' || /:\d*$/.test(host.replace(/^.*\]/, '')) !== isBareV6) return null;
  return hostOf(parsed);
}

/** The canonical host of a URL: without brackets and without the dot that ends a fully qualified name. */
export function hostOf(url: URL): string | null {
  const bare = url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  return bare === '' ? null : bare;
}
