/** What Discord may say where a definition says nothing. */
const NOTHING: readonly unknown[] = [undefined, null, false];

/**
 * Whether a registered command is what a definition asks for. Only what the definition can name is compared:
 * Discord adds ids, versions and defaults.
 */
export function isSameCommand(wanted: object, registered: object): boolean {
  return JSON.stringify(essence(wanted)) === JSON.stringify(essence(registered));
}

const COMPARED = new Set([
  'name',
  'type',
  'description',
  'options',
  'choices',
  'value',
  'required',
  'autocomplete',
  'min_value',
  'max_value',
  'min_length',
  'max_length',
  'contexts',
  'integration_types',
]);

/** What counts of a definition, in one order. */
function essence(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => essence(item));
    return items.every((item) => typeof item === 'number') ? items.toSorted((a, b) => a - b) : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([name, part]) => COMPARED.has(name) && !NOTHING.includes(part) && !isEmpty(part))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, part]) => [name, essence(part)]));
}

function isEmpty(part: unknown): boolean {
  return Array.isArray(part) && part.length === 0;
}
