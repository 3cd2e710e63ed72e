import { type Engine, type EngineName, ENGINES } from '../../engines/engines.js';
import { askedFilters, askedOutput } from '../request/asked-fields.js';
import type { Filters } from '../request/filters.js';
import type { Output } from '../request/output.js';
import type { ChoiceField, RequestField } from '../request/request-field.js';
import {
  FILTER_FIELDS,
  type FilterField,
  OUTPUT_FIELDS,
  type OutputField,
  REQUEST_FIELDS,
} from '../request/request-fields.js';

/** The values of a field with their words in a list to choose from, e.g. `['public_domain', 'Public domain']`. */
export function menuOf({ choices, menu = choices }: ChoiceField): [value: string, words: string][] {
  return Object.entries(menu).map(([value, words]) => [
    value,
    words.charAt(0).toUpperCase() + words.slice(1),
  ]);
}

/** One filter in plain words, e.g. `at least 800 pixels wide`; null if it is absent. */
export function filterPhrase(name: FilterField, filters: Filters): string | null {
  return phraseOf(name, askedFilters({ filters, engines: [] })[name]);
}

/** The filters in plain words, e.g. `large`, `mostly red`, `not from example.org`. */
export function filterPhrases(filters: Filters): string[] {
  return FILTER_FIELDS.flatMap((name) => filterPhrase(name, filters) ?? []);
}

/** The options of the zip in plain words, e.g. `converted to JPEG`. */
export function outputPhrases(output: Output): string[] {
  const asked = askedOutput({ output });
  return OUTPUT_FIELDS.flatMap((name) => phraseOf(name, asked?.[name]) ?? []);
}

type FieldValue = string | number | boolean | readonly string[] | undefined;

function phraseOf(name: FilterField | OutputField, value: FieldValue): string | null {
  if (value === undefined) return null;
  const field: RequestField = REQUEST_FIELDS[name];
  const text = typeof value === 'object' ? value.join(', ') : String(value);
  const words = field.kind === 'choice' ? (field.choices[text] ?? text) : text;
  return field.said?.(words, text) ?? words;
}

/** The label of an engine; the name itself if this version has no such engine. */
export function engineWording(name: string): string {
  const known: Readonly<Partial<Record<string, Engine>>> = ENGINES;
  return known[name]?.label ?? name;
}

/** The labels of engines, e.g. `Bing, Openverse`. */
export function engineList(engines: readonly EngineName[]): string {
  return engines.map(engineWording).join(', ');
}
