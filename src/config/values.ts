/** The value of a setting's text, or why it has none. */
export type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

/** Reads one kind of value from the text of an environment variable. */
export interface ValueKind<T> {
  /** Shown in messages and in the README, e.g. `duration (30s, 15m, 24h, 7d)`. */
  readonly describe: string;
  readonly parse: (text: string) => Parsed<T>;
}

const good = <T>(value: T): Parsed<T> => ({ ok: true, value });
const bad = (problem: string): Parsed<never> => ({ ok: false, problem });

/** Any text. */
export const text: ValueKind<string> = { describe: 'text', parse: good };

/** Items separated by commas, trimmed, empty ones dropped. */
export const list: ValueKind<readonly string[]> = {
  describe: 'list separated by commas',
  parse: (raw) =>
    good(
      raw
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== ''),
    ),
};

/** `true` or `false` (also yes/no, on/off, 1/0). */
export const flag: ValueKind<boolean> = {
  describe: 'true or false',
  parse: (raw) => {
    if (/^(true|yes|on|1)$/i.test(raw)) return good(true);
    if (/^(false|no|off|0)$/i.test(raw)) return good(false);
    return bad('must be true or false');
  },
};

/** A whole number within bounds. */
export function integer(min: number, max: number): ValueKind<number> {
  return {
    describe: `whole number ${min} to ${max}`,
    parse: (raw) => {
      const value = Number(raw);
      const isFine = /^-?\d+$/.test(raw) && value >= min && value <= max;
      return isFine ? good(value) : bad(`must be a whole number from ${min} to ${max}`);
    },
  };
}

const UNITS_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A length of time with its unit; the value is in milliseconds. */
export function duration(minMs: number, maxMs: number): ValueKind<number> {
  return {
    describe: 'duration (500ms, 30s, 15m, 24h, 7d)',
    parse: (raw) => {
      const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)$/.exec(raw === '0' ? '0s' : raw);
      if (match === null) return bad('must be a number with its unit, e.g. 30s, 15m, 24h or 7d');
      const value = Math.round(Number(match[1]) * UNITS_MS[match[2] as keyof typeof UNITS_MS]);
      if (value < minMs || value > maxMs) return bad(`must be from ${minMs} ms to ${maxMs} ms`);
      return good(value);
    },
  };
}

/** A number of events per length of time. */
export interface Rate {
  readonly count: number;
  readonly perMs: number;
}

/** A number per length of time, e.g. `100/1h`. */
export const rate: ValueKind<Rate> = {
  describe: 'number per time (100/1h, 5/30s)',
  parse: (raw) => {
    const [number, time, ...rest] = raw.split('/').map((part) => part.trim());
    const count = integer(1, 1_000_000_000).parse(number ?? '');
    const per = duration(1000, 24 * 3_600_000).parse(time ?? '');
    if (!count.ok || !per.ok || rest.length > 0)
      return bad('must be a number per time, e.g. 100/1h or 5/30s');
    return good({ count: count.value, perMs: per.value });
  },
};

const UNITS_BYTES: Readonly<Record<string, number>> = {
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
  TIB: 2 ** 40,
};

/** A size with its unit (1 MB is a million bytes, 1 MiB 1,048,576); the value is in bytes. */
export function size(minBytes: number): ValueKind<number> {
  return {
    describe: 'size (500KB, 20MB, 2GB)',
    parse: (raw) => {
      const match = /^(\d+(?:\.\d+)?)\s*([KMGT]?i?B)$/i.exec(raw);
      const unit = UNITS_BYTES[match?.[2]?.toUpperCase() ?? ''];
      if (match === null || unit === undefined)
        return bad('must be a number with its unit, e.g. 20MB or 2GB');
      const value = Math.round(Number(match[1]) * unit);
      return value >= minBytes ? good(value) : bad(`must be at least ${minBytes} bytes`);
    },
  };
}

/** One of some words. */
export function choice<const T extends string>(...words: readonly T[]): ValueKind<T> {
  return {
    describe: words.join(' | '),
    parse: (raw) => {
      const word = words.find((candidate) => candidate === raw.toLowerCase());
      return word === undefined ? bad(`must be one of ${words.join(', ')}`) : good(word);
    },
  };
}

/** A selection of words, in the order written, each once. */
export function choices<const T extends string>(...words: readonly T[]): ValueKind<readonly T[]> {
  return {
    describe: `some of ${words.join(', ')}`,
    parse: (raw) => {
      const asked = raw.split(',').map((word) => word.trim().toLowerCase());
      const known = asked.map((word) => words.find((candidate) => candidate === word));
      const found = known.filter((word) => word !== undefined);
      if (found.length !== asked.length)
        return bad(`must be some of ${words.join(', ')}, separated by commas`);
      return good([...new Set(found)]);
    },
  };
}

/** An absolute URL with one of the schemes and no credentials unless allowed; the value has no trailing slash. */
export function url(schemes: readonly string[], allowsCredentials = false): ValueKind<string> {
  return {
    describe: `URL (${schemes.map((scheme) => `${scheme}://…`).join(', ')})`,
    parse: (raw) => {
      const parsed = URL.canParse(raw) ? new URL(raw) : null;
      if (parsed === null || !schemes.includes(parsed.protocol.slice(0, -1)))
        return bad(`must be a URL that begins with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`);
      if (!allowsCredentials && (parsed.username !== '' || parsed.password !== ''))
        return bad('must not contain a user name or password');
      return good(raw.replace(/\/+$/, ''));
    },
  };
}

/** The root of a web site: an http(s) URL without credentials, path or anything behind it. */
export const site: ValueKind<string> = {
  describe: 'URL without a path (http://…, https://…)',
  parse: (raw) => {
    const parsed = url(['http', 'https']).parse(raw);
    if (!parsed.ok) return parsed;
    const { pathname, search, hash, origin } = new URL(parsed.value);
    return pathname === '/' && search === '' && hash === ''
      ? good(origin)
      : bad('must end after the host or port: the service works at the root of a host only');
  },
};

/** One mail address, alone or behind a name: `Image Job <images@example.org>`. */
export const mailbox: ValueKind<string> = {
  describe: 'address, or Name <address>',
  parse: (raw) =>
    /^(?:[^\s<>@,;"]+@[^\s<>@,;"]+|[^<>@\r\n]*<[^\s<>@,;"]+@[^\s<>@,;"]+>)$/.test(raw)
      ? good(raw)
      : bad('must be one address, e.g. Image Job <images@example.org>'),
};
