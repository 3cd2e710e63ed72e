import { FILTER_TABLE } from './filter-fields.js';
import { MAIN_TABLE } from './main-fields.js';
import { OUTPUT_TABLE } from './output-fields.js';
import type { RequestField } from './request-field.js';

const FIELDS = { ...MAIN_TABLE, ...FILTER_TABLE, ...OUTPUT_TABLE };
type Fields = typeof FIELDS;

/** The name of a filter, or of the list of engines, as every door takes it. */
export type FilterField = keyof typeof FILTER_TABLE;
/** The name of an option of the zip, as every door takes it. */
export type OutputField = keyof typeof OUTPUT_TABLE;
/** The name of any field of a request. */
export type FieldName = keyof Fields;
/** The names of fields of one kind. */
export type FieldOf<K extends RequestField['kind']> = {
  [N in FieldName]: Fields[N] extends { readonly kind: K } ? N : never;
}[FieldName];
/** A value of a field with choices. */
export type Choice<N extends FieldOf<'choice'>> = keyof Fields[N]['choices'] & string;

/** Every field of a request: the one table that all doors, the validation and the wording draw from. */
export const REQUEST_FIELDS: { readonly [N in FieldName]: Fields[N] & RequestField } = FIELDS;
/** The names of all fields, in the order in which problems are listed. */
export const FIELD_NAMES = namesOf(FIELDS);
/** The names of the filters, engines included. */
export const FILTER_FIELDS = namesOf(FILTER_TABLE);
/** The names of the options of the zip. */
export const OUTPUT_FIELDS = namesOf(OUTPUT_TABLE);

/** The values of a field with choices, in order. */
export function choicesOf<N extends FieldOf<'choice'>>(name: N): readonly Choice<N>[] {
  return namesOf<Fields[N]['choices']>(FIELDS[name].choices);
}

function namesOf<T extends object>(table: T): readonly (keyof T & string)[] {
  // The tables are literals: they have the keys of their type and no others.
  return Object.keys(table) as (keyof T & string)[];
}
