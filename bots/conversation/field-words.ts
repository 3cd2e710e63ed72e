import { ENGINE_NAMES } from '../../src/engines/engines.js';
import type { RequestField } from '../../src/jobs/request/request-field.js';
import {
  FIELD_NAMES,
  type FieldName,
  FILTER_FIELDS,
  REQUEST_FIELDS,
} from '../../src/jobs/request/request-fields.js';
import type { RawFields } from '../../src/validation/problem.js';
import { QUOTED_PHRASE } from './quoted-phrases.js';

/** Fields named in a text, and the rest of the text. */
export interface FieldWords {
  /** Raw fields by name; a field named twice has both values, separated by a comma. */
  readonly fields: Readonly<Record<string, string>>;
  readonly rest: string;
}

/** Fields that have words, each with its words, the usual one first. */
const FIELDS = FIELD_NAMES.flatMap((name): (readonly [FieldName, readonly string[]])[] => {
  const { words }: RequestField = REQUEST_FIELDS[name];
  return words === undefined ? [] : [[name, words]];
});
/** Most choices that the help lists. */
const MAX_LISTED = 6;

/** Each filter as it is written in words, e.g. `size:small|medium|large`. */
export const FILTER_WORDS = FILTER_FIELDS.map((name) => exampleOf(REQUEST_FIELDS[name])).join(' · ');

/** A quoted phrase, which belongs to the search; or a name, a colon and a value, quoted or not. */
const QUOTED_OR_FIELD = new RegExp(
  String.raw`${QUOTED_PHRASE}|(?<=^|\s)(-?\p{L}[\p{L}_-]*):(?:"([^"]*)"(?!@)|“([^”]*)”|((?:"[^"\s]*"@)?[^\s"“„«]\S*))`,
  'gu',
);

/**
 * Takes words such as `size:large`, `licence:"public domain"` or `-site:example.org` out of a text. Other
 * words with a colon and quoted phrases stay.
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

/**
 * Writes raw fields as words that {@link takeFieldWords} reads, e.g. `size:large licence:"public domain"`.
 */
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

function exampleOf(field: RequestField): string {
  const word = field.words?.[0] ?? '';
  if (field.kind === 'engines') return `${word}:${ENGINE_NAMES.join(',')}`;
  const [example = ''] = (field.example ?? '').split(', ');
  const choices = field.kind === 'choice' ? Object.keys(field.choices) : [];
  if (choices.length === 0) return `${word}:${example}`;
  if (choices.length <= MAX_LISTED) return `${word}:${choices.join('|')}`;
  return `${word}:${example} (or ${choices.slice(1, 3).join(', ')} …)`;
}
