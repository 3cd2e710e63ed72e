import { ENGINE_NAMES } from '../engines/engines.js';
import { NAME_PLACES } from '../jobs/request/name-pattern.js';
import type { RequestField } from '../jobs/request/request-field.js';
import { FILTER_FIELDS, OUTPUT_FIELDS, REQUEST_FIELDS } from '../jobs/request/request-fields.js';
import type { RawFields } from '../validation/problem.js';

const FIELDS = [...FILTER_FIELDS, ...OUTPUT_FIELDS];
const NUMBERS = { pixels: 'PIXELS', percent: 'PERCENT', none: 'NUMBER' } as const;
const OPTION_WIDTH = 18;
const LINE_WIDTH = 100;

/** Words around the searches of a list; the usage describes them beside the list. */
const PHRASES = ['prefix', 'suffix'] as const;
/** Fields with options that the command line defines itself. */
const OTHERS: readonly string[] = ['count', 'email', 'out', 'from', ...PHRASES];

/** The option of a field, e.g. `--min-width` of `minWidth`; null for names that have none here. */
export function optionOf(field: string): string | null {
  return [...FIELDS, ...OTHERS].includes(field) ? `--${kebab(field)}` : null;
}

/** The options for node:util's parseArgs. */
export const MORE_OPTIONS = Object.fromEntries(
  [...FIELDS, ...PHRASES].map((field) => [
    kebab(field),
    { type: REQUEST_FIELDS[field].kind === 'flag' ? ('boolean' as const) : ('string' as const) },
  ]),
);

/** One line for each option. */
export const MORE_USAGE = FIELDS.map((field) => usageOf(field, takenBy(REQUEST_FIELDS[field]))).join('\n');

/** The raw fields among parsed options. */
export function moreFieldsIn(values: Readonly<Record<string, unknown>>): RawFields {
  const given = [...FIELDS, ...PHRASES].filter((field) => values[kebab(field)] !== undefined);
  return Object.fromEntries(given.map((field) => [field, values[kebab(field)]]));
}

function kebab(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function takenBy(field: RequestField): string {
  const label = field.label.charAt(0).toLowerCase() + field.label.slice(1);
  switch (field.kind) {
    case 'choice':
      return Object.keys(field.choices).join('|');
    case 'engines':
      return ENGINE_NAMES.join(',');
    case 'number':
      return `${NUMBERS[field.unit]}  ${label}`;
    case 'size':
      return `WIDTHxHEIGHT  ${label}`;
    case 'sites':
      return `SITE,...  ${label}`;
    case 'pattern':
      return `PATTERN  of ${NAME_PLACES.map((place) => `{${place}}`).join(' ')}`;
    default:
      return label;
  }
}

/** Breaks choices that are too many for one line. */
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
