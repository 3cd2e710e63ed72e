import { ENGINE_NAMES } from '../engines/engines.js';
import {
  AGES,
  ASPECTS,
  COLORS,
  FILE_TYPES,
  LICENCES,
  SAFE_LEVELS,
  SIZES,
  TYPES,
} from '../jobs/request/filters.js';
import { CONVERSIONS, NAME_PLACES } from '../jobs/request/output.js';
import type { FilterField, OutputField, RawFields } from '../validation/problem.js';

/** What each option takes. */
const TAKES: Readonly<Record<FilterField | OutputField, string>> = {
  size: SIZES.join('|'),
  minWidth: 'PIXELS',
  minHeight: 'PIXELS',
  exactSize: 'WIDTHxHEIGHT',
  color: COLORS.join('|'),
  type: TYPES.join('|'),
  aspect: ASPECTS.join('|'),
  licence: LICENCES.join('|'),
  age: AGES.join('|'),
  sites: 'SITE,...  only from these',
  withoutSites: 'SITE,...',
  safe: SAFE_LEVELS.join('|'),
  fileType: FILE_TYPES.join('|'),
  engines: ENGINE_NAMES.join(','),
  convert: CONVERSIONS.join('|'),
  longestSide: 'PIXELS  larger images are scaled down',
  stripMetadata: 'remove camera, place and other notes',
  allowThumbnails: 'small previews where originals cannot be had',
  namePattern: `PATTERN  of ${NAME_PLACES.map((place) => `{${place}}`).join(' ')}`,
};

const FIELDS = Object.keys(TAKES) as (FilterField | OutputField)[];
/** What takes nothing. */
const FLAGS: ReadonlySet<string> = new Set(['stripMetadata', 'allowThumbnails']);
const OPTION_WIDTH = 18;
const LINE_WIDTH = 100;

/** What has an option of its own besides. */
const OTHERS: readonly string[] = ['count', 'email', 'out'];

/** The option of a field, e.g. `--min-width` of `minWidth`; null for names that have none here. */
export function optionOf(field: string): string | null {
  return [...FIELDS, ...OTHERS].includes(field) ? `--${kebab(field)}` : null;
}

/** The options for node:util's parseArgs. */
export const MORE_OPTIONS = Object.fromEntries(
  FIELDS.map((field) => [
    kebab(field),
    { type: FLAGS.has(field) ? ('boolean' as const) : ('string' as const) },
  ]),
);

/** One line for each option. */
export const MORE_USAGE = FIELDS.map((field) => usageOf(field, TAKES[field])).join('\n');

/** The raw fields among parsed options. */
export function moreFieldsIn(values: Readonly<Record<string, unknown>>): RawFields {
  const given = FIELDS.filter((field) => values[kebab(field)] !== undefined);
  return Object.fromEntries(given.map((field) => [field, values[kebab(field)]]));
}

function kebab(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Choices that are too many for a line go on in the next. */
function usageOf(field: string, takes: string): string {
  const lines: string[] = [];
  let line = `  ${`--${kebab(field)}`.padEnd(OPTION_WIDTH)} `;
  for (const part of takes.split(/(?<=\|)/)) {
    if (line.length + part.length > LINE_WIDTH) {
      lines.push(line);
      line = ' '.repeat(OPTION_WIDTH + 3);
    }
    line += part;
  }
  return [...lines, line].join('\n');
}
