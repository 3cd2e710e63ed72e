import { type EngineName, ENGINE_NAMES, ENGINES } from '../../engines/engines.js';
import type { FilterName, Filters } from '../request/filters.js';
import type { Output } from '../request/output.js';

type Words<T extends string | undefined> = Readonly<Record<NonNullable<T>, string>>;

/** The engines as people know them. */
export const ENGINE_WORDING = Object.fromEntries(
  ENGINE_NAMES.map((name) => [name, ENGINES[name].label]),
) as Words<EngineName>;

/** Every value that can be chosen, in the words of a list of choices. */
export const CHOICE_WORDING: {
  readonly size: Words<Filters['size']>;
  readonly color: Words<Filters['color']>;
  readonly type: Words<Filters['type']>;
  readonly aspect: Words<Filters['aspect']>;
  readonly licence: Words<Filters['licence']>;
  readonly age: Words<Filters['age']>;
  readonly safe: Words<Filters['safe']>;
  readonly fileType: Words<Filters['fileType']>;
  readonly convert: Words<Output['convert']>;
} = {
  size: { small: 'small', medium: 'medium', large: 'large' },
  color: {
    color: 'in colour',
    gray: 'black and white',
    transparent: 'transparent',
    red: 'red',
    orange: 'orange',
    yellow: 'yellow',
    green: 'green',
    teal: 'teal',
    blue: 'blue',
    purple: 'purple',
    pink: 'pink',
    white: 'white',
    black: 'black',
    brown: 'brown',
  },
  type: {
    photo: 'photos',
    face: 'faces',
    clipart: 'clip art',
    line: 'line drawings',
    animated: 'animated',
  },
  aspect: { square: 'square', wide: 'wide', tall: 'tall', panoramic: 'panoramic' },
  licence: {
    reuse: 'free to reuse',
    commercial: 'free to use commercially',
    modification: 'free to change',
    commercial_modification: 'free to change and use commercially',
    public_domain: 'public domain',
  },
  age: { day: 'the last day', week: 'the last week', month: 'the last month', year: 'the last year' },
  safe: { off: 'off', moderate: 'moderate', strict: 'strict' },
  fileType: { jpeg: 'JPEG', png: 'PNG', webp: 'WebP', gif: 'GIF', avif: 'AVIF' },
  convert: { jpeg: 'JPEG', png: 'PNG', webp: 'WebP' },
};

type Phrase<N extends FilterName> = (value: NonNullable<Filters[N]>, all: Filters) => string | null;

const PLAIN_COLOURS: readonly Filters['color'][] = ['color', 'gray', 'transparent'];

/** In the order in which they are said. */
const PHRASES: { readonly [N in FilterName]: Phrase<N> } = {
  size: (size) => CHOICE_WORDING.size[size],
  minWidth: (width) => `at least ${width} pixels wide`,
  minHeight: (height) => `at least ${height} pixels high`,
  exactWidth: (width, { exactHeight }) => `exactly ${width} × ${exactHeight ?? '?'} pixels`,
  exactHeight: () => null,
  aspect: (aspect) => CHOICE_WORDING.aspect[aspect],
  color: (color) => `${PLAIN_COLOURS.includes(color) ? '' : 'mostly '}${CHOICE_WORDING.color[color]}`,
  type: (type) => CHOICE_WORDING.type[type],
  licence: (licence) => CHOICE_WORDING.licence[licence],
  age: (age) => `from ${CHOICE_WORDING.age[age]}`,
  sites: (sites) => `only from ${sites.join(', ')}`,
  withoutSites: (sites) => `not from ${sites.join(', ')}`,
  safe: (safe) => `safe search ${CHOICE_WORDING.safe[safe]}`,
  fileType: (type) => `${CHOICE_WORDING.fileType[type]} files`,
};

/** One filter in plain words, e.g. `at least 800 pixels wide`; null where it is absent or another one says it. */
export function filterPhrase<N extends FilterName>(name: N, filters: Filters): string | null {
  const value = filters[name];
  return value === undefined ? null : PHRASES[name](value, filters);
}

/** What the images must be like, in plain words, e.g. `large`, `mostly red`, `not from example.org`. */
export function filterPhrases(filters: Filters): string[] {
  const names = Object.keys(PHRASES) as FilterName[];
  return names.flatMap((name) => filterPhrase(name, filters) ?? []);
}

/** How the images are put into the zip, in plain words, e.g. `converted to JPEG`. */
export function outputPhrases({
  convert,
  longestSidePx,
  stripMetadata,
  allowThumbnails,
  namePattern,
}: Output): string[] {
  return [
    convert === undefined ? null : `converted to ${CHOICE_WORDING.convert[convert]}`,
    longestSidePx === undefined ? null : `at most ${longestSidePx} pixels on the longest side`,
    stripMetadata === true ? 'metadata removed' : null,
    allowThumbnails === true ? 'small previews where originals are missing' : null,
    namePattern === undefined ? null : `named ${namePattern}`,
  ].filter((phrase) => phrase !== null);
}

/** An engine as people know it; one that only another version has by the name it has there. */
export function engineWording(name: string): string {
  const known: Readonly<Partial<Record<string, string>>> = ENGINE_WORDING;
  return known[name] ?? name;
}

/** Engines as people know them, e.g. `Bing, Openverse`. */
export function engineList(engines: readonly EngineName[]): string {
  return engines.map(engineWording).join(', ');
}
