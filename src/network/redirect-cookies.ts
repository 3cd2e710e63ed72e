import { hostOf } from './canonical-host.js';

/** More would be a mistake of the site. */
const MAX_COOKIES = 30;
const MAX_COOKIE_LENGTH = 4096;

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  /** Whether subdomains get it too. */
  readonly isForSubdomains: boolean;
  readonly isSecure: boolean;
}

/**
 * The cookies of a single request while it is redirected: many hosts set one, redirect, and loop until it
 * comes back.
 * @see https://www.rfc-editor.org/rfc/rfc6265
 */
export class RedirectCookies {
  private readonly cookies = new Map<string, Cookie>();

  /** Stores the cookies a host sets. @param headers each a `Set-Cookie` */
  store(url: URL, headers: string | readonly string[] | undefined): void {
    for (const header of headers === undefined ? [] : [headers].flat()) {
      const cookie = readCookie(header, url);
      if (cookie === null) continue;
      const key = `${cookie.domain} ${cookie.name}`;
      if (cookie.value === null) this.cookies.delete(key);
      else if (this.cookies.size < MAX_COOKIES || this.cookies.has(key))
        this.cookies.set(key, { ...cookie, value: cookie.value });
    }
  }

  /** The `Cookie` header for a URL; null if it has no cookies. */
  headerFor(url: URL): string | null {
    const told = [...this.cookies.values()].filter((cookie) => isFor(cookie, url));
    return told.length === 0 ? null : told.map(({ name, value }) => `${name}=${value}`).join('; ');
  }
}

function isFor({ domain, isForSubdomains, isSecure }: Cookie, url: URL): boolean {
  const host = hostOf(url) ?? '';
  const isThere = host === domain || (isForSubdomains && host.endsWith(`.${domain}`));
  return isThere && (!isSecure || url.protocol === 'https:');
}

/** @returns null for a cookie the host may not set; a `value` of null deletes a cookie */
function readCookie(header: string, url: URL): (Omit<Cookie, 'value'> & { value: string | null }) | null {
  const [pair = '', ...attributes] = header.split(';');
  // A cookie must not break out of its header line.
  if (pair.length > MAX_COOKIE_LENGTH || /[^\u0021-\u007e\s]|[\r\n]/.test(pair)) return null;
  const [, name = '', value = ''] = /^([^\s=]+)\s*=\s*(.*)$/.exec(pair.trim()) ?? [];
  if (name === '') return null;
  const said = new Map(attributes.map(readAttribute));
  const host = hostOf(url) ?? '';
  const domain = said.get('domain')?.replace(/^\./, '').toLowerCase() ?? '';
  const isWide = domain.includes('.') && host.endsWith(`.${domain}`);
  if (domain !== '' && domain !== host && !isWide) return null;
  const isOver = Number(said.get('max-age') ?? 1) <= 0;
  return {
    name,
    value: isOver ? null : value,
    domain: isWide ? domain : host,
    isForSubdomains: domain !== '',
    isSecure: said.has('secure'),
  };
}

function readAttribute(text: string): [name: string, value: string] {
  const [name = '', ...value] = text.split('=');
  return [name.trim().toLowerCase(), value.join('=').trim()];
}
