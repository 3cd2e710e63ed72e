/** Values that Discord may use for absent properties. */
const NOTHING: readonly unknown[] = [undefined, null, false];

/**
 * Whether a registered command matches a definition. Compares only properties of definitions: Discord adds
 * ids, versions and defaults.
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

/** The compared properties of a definition, in one order. */
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
