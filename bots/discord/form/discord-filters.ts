import type { EngineName } from '../../../src/engines/engines.js';
import type { RequestField } from '../../../src/jobs/request/request-field.js';
import { FILTER_FIELDS, type FilterField, REQUEST_FIELDS } from '../../../src/jobs/request/request-fields.js';
import { engineWording, menuOf } from '../../../src/jobs/wording/filter-wording.js';

/** An option of the command that sets a filter. */
export interface FilterOption {
  readonly field: FilterField;
  /** The option's name in Discord: lower case. */
  readonly name: string;
  readonly about: string;
  /** The values with their words; null if any text can be typed. */
  readonly choices: readonly (readonly [value: string, words: string])[] | null;
}

/** Names that do not follow from the field's name. */
const NAMES: Readonly<Partial<Record<FilterField, string>>> = { fileType: 'filetype', engines: 'engine' };
/** Most choices that Discord takes; more are typed. */
const MAX_CHOICES = 25;

/** The options of this installation. @param engines those in use */
export function filterOptions(engines: readonly EngineName[]): readonly FilterOption[] {
  return FILTER_FIELDS.map((name) => optionOf(name, REQUEST_FIELDS[name], engines));
}

function optionOf(field: FilterField, row: RequestField, engines: readonly EngineName[]): FilterOption {
  const choices = choicesOf(row, engines);
  const example = choices === null ? `, e.g. ${row.example ?? ''}` : '';
  return {
    field,
    name: NAMES[field] ?? field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    about: row.about.replace(/\.$/, example),
    choices,
  };
}

function choicesOf(row: RequestField, engines: readonly EngineName[]): FilterOption['choices'] {
  if (row.kind === 'engines') return engines.map((name) => [name, engineWording(name)]);
  const menu = row.kind === 'choice' ? menuOf(row) : [];
  return menu.length === 0 || menu.length > MAX_CHOICES ? null : menu;
}
