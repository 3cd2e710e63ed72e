/**
 * The expected result of an address: a file to keep, one that must not be kept, a copy of an earlier one, or
 * one that a fair downloader may either keep or give up on.
 */
export type Verdict = 'good' | 'bad' | 'duplicate' | 'either';

/** Every behaviour of an address of the image web, with its expected result. */
export const BEHAVIOURS = {
  /** 200 with a correct file. */
  plain: 'good',
  /** No Content-Length: the body comes in chunks. */
  chunked: 'good',
  /** Content-Encoding: gzip, although the picture is compressed already. */
  gzipped: 'good',
  /** A true picture under a wrong type and a wrong ending (a PNG called .jpg, image/jpeg). */
  mislabelled: 'good',
  /** A true picture served as application/octet-stream from an address without an ending. */
  untyped: 'good',
  'redirect-once': 'good',
  'redirect-thrice': 'good',
  'redirect-cross-host': 'good',
  /** 405 to HEAD, fine to GET. */
  'refuses-head': 'good',
  /** 503 the first time, fine afterwards. */
  'unavailable-once': 'either',
  /** 429 with Retry-After: 1 the first time, fine afterwards. */
  'rate-limited-once': 'either',
  /** A few hundred bytes a second: complete only after minutes. */
  drip: 'either',
  /** The bytes of an earlier picture under another address. */
  'exact-duplicate': 'duplicate',
  /** An earlier picture, encoded again. */
  'near-reencoded': 'duplicate',
  /** An earlier picture, smaller. */
  'near-resized': 'duplicate',
  /** An earlier picture without its outermost per cent. */
  'near-cropped': 'duplicate',
  gone: 'bad',
  forbidden: 'bad',
  unavailable: 'bad',
  /** 429 with Retry-After: 3600, always. */
  'rate-limited': 'bad',
  /** Headers and a few kilobytes, then nothing, for ever. */
  stall: 'bad',
  /** Not even headers, for ever. */
  'stall-silent': 'bad',
  /** The file ends early, with a Content-Length that agrees. */
  truncated: 'bad',
  /** Content-Length promises more than comes before the connection ends. */
  'cut-off': 'bad',
  /** Content-Length is smaller than the file. */
  'short-length': 'bad',
  /** The connection is reset midway. */
  reset: 'bad',
  /** The connection is reset before any answer. */
  'reset-early': 'bad',
  empty: 'bad',
  /** An HTML page called .jpg, image/jpeg. */
  html: 'bad',
  text: 'bad',
  svg: 'bad',
  'redirect-loop': 'bad',
  /** Redirects to an address that no guard may allow. */
  'redirect-private': 'bad',
  /** 24 pixels wide. */
  tiny: 'bad',
  /** A few kilobytes that decode to 144 megapixels. */
  bomb: 'bad',
  /** Content-Length of 64 MB and a body of that size. */
  oversized: 'bad',
  /** X-Robots-Tag: noai, noimageai. */
  noai: 'bad',
} as const satisfies Record<string, Verdict>;

/** One behaviour of an address. */
export type Behaviour = keyof typeof BEHAVIOURS;

/** The frequency of each behaviour, from 0 to 1; the rest is `plain`. */
export type Rates = Partial<Readonly<Record<Behaviour, number>>>;

/** Only good answers. */
const CLEAN: Rates = {};

/** The web on a good day: some links are dead. */
const CALM: Rates = { gone: 0.04 };

/** The real web: every fault happens now and then, stalls and copies most often. */
const MIXED: Rates = {
  chunked: 0.05,
  gzipped: 0.01,
  mislabelled: 0.03,
  untyped: 0.01,
  'redirect-once': 0.03,
  'redirect-thrice': 0.01,
  'redirect-cross-host': 0.02,
  'refuses-head': 0.02,
  'unavailable-once': 0.01,
  'rate-limited-once': 0.01,
  drip: 0.01,
  'exact-duplicate': 0.05,
  'near-reencoded': 0.01,
  'near-resized': 0.01,
  'near-cropped': 0.01,
  gone: 0.04,
  forbidden: 0.02,
  unavailable: 0.005,
  'rate-limited': 0.01,
  stall: 0.015,
  'stall-silent': 0.005,
  truncated: 0.01,
  'cut-off': 0.005,
  'short-length': 0.005,
  reset: 0.005,
  'reset-early': 0.005,
  empty: 0.005,
  html: 0.02,
  text: 0.005,
  svg: 0.01,
  'redirect-loop': 0.005,
  'redirect-private': 0.005,
  tiny: 0.01,
  bomb: 0.002,
  oversized: 0.002,
  noai: 0.01,
};

/** Nine in ten misbehave, all behaviours equally often. */
const HOSTILE: Rates = Object.fromEntries(
  behaviourNames()
    .filter((name) => name !== 'plain')
    .map((name, _index, all) => [name, 0.9 / all.length]),
);

/** The named mixes of an image web. */
export const WEBS = { clean: CLEAN, calm: CALM, mixed: MIXED, hostile: HOSTILE } as const;

/** The name of a mix. */
export type WebName = keyof typeof WEBS;

/** @returns all behaviours, in the order of the list above */
export function behaviourNames(): Behaviour[] {
  return Object.keys(BEHAVIOURS) as Behaviour[];
}

/** Whether `text` names a behaviour. */
export function isBehaviour(text: string): text is Behaviour {
  return Object.hasOwn(BEHAVIOURS, text);
}

/** Whether `text` names a mix. */
export function isWebName(text: string): text is WebName {
  return Object.hasOwn(WEBS, text);
}

/** @returns the behaviour at `point` (0 to 1) of the cumulated rates */
export function behaviourAt(rates: Rates, point: number): Behaviour {
  let passed = 0;
  for (const name of behaviourNames()) {
    passed += rates[name] ?? 0;
    if (point < passed) return name;
  }
  return 'plain';
}
