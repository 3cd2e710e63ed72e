import type { FilterField, OutputField, RawFields } from '../../src/validation/problem.js';
import { QUOTED_PHRASE } from './quoted-phrases.js';

/** Fields named in a text, and the text without them. */
export interface FieldWords {
  /** Raw fields by their names; one that was named twice has both values, with a comma between. */
  readonly fields: Readonly<Record<string, string>>;
  readonly rest: string;
}

/**
 * How the fields are called in text, the usual word first: lower case, letters only. Everything that images
 * must be like, where they are looked for, and what can be said in one word besides.
 */
const WORDS = {
  size: ['size'],
  minWidth: ['minwidth'],
  minHeight: ['minheight'],
  exactSize: ['exactsize'],
  color: ['color', 'colour'],
  type: ['type'],
  aspect: ['aspect', 'shape'],
  licence: ['licence', 'license'],
  age: ['age'],
  sites: ['site', 'sites'],
  withoutSites: ['-site', '-sites', 'withoutsite', 'withoutsites'],
  safe: ['safe', 'safesearch'],
  fileType: ['filetype'],
  engines: ['engine', 'engines'],
  convert: ['convert'],
  longestSide: ['longestside'],
  stripMetadata: ['stripmetadata'],
  allowThumbnails: ['allowthumbnails'],
  email: ['email'],
} as const satisfies Record<FilterField | Exclude<OutputField, 'namePattern'> | 'email', readonly string[]>;

const FIELDS: readonly (readonly [string, readonly string[]])[] = Object.entries(WORDS);

/** What stands in quotes, which is the search itself; or a name, a colon and what follows, in quotes or not. */
const QUOTED_OR_FIELD = new RegExp(
  String.raw`${QUOTED_PHRASE}|(?<=^|\s)(-?\p{L}[\p{L}_-]*):(?:"([^"]*)"(?!@)|“([^”]*)”|((?:"[^"\s]*"@)?[^\s"“„«]\S*))`,
  'gu',
);

/**
 * Takes words such as `size:large`, `licence:"public domain"` or `-site:example.org` out of a text. Other words
 * with a colon, and everything in quotes, stay.
 */
export function takeFieldWords(text: string): FieldWords {
  const fields: Record<string, string> = {};
  const take = (all: string, name = '', quoted?: string, curly?: string, plain = ''): string => {
    const field = fieldNamed(name);
    const value = (quoted ?? curly ?? plain.replace(/[,;]+$/u, '')).trim();
    if (field === null || value === '') return all;
    fields[field] = fields[field] === undefined ? value : `${fields[field]}, ${value}`;
    return ' ';
  };
  const rest = text.replace(QUOTED_OR_FIELD, take);
  return { fields, rest: rest.replace(/\s+/gu, ' ').trim() };
}

/** Raw fields as words that {@link takeFieldWords} reads, e.g. `size:large licence:"public domain"`. */
export function writeFieldWords(fields: RawFields): string {
  return FIELDS.flatMap(([field, [word]]) => {
    const value = fields[field];
    const text = typeof value === 'string' || typeof value === 'number' ? `${value}` : '';
    if (text === '') return [];
    return [`${word}:${/[\s"“”]/u.test(text) ? `"${text.replaceAll('"', '')}"` : text}`];
  }).join(' ');
}

function fieldNamed(name: string): string | null {
  const word = name.toLowerCase().replaceAll(/(?<=\p{L})[_-]/gu, '');
  return FIELDS.find(([, words]) => words.includes(word))?.[0] ?? null;
}
