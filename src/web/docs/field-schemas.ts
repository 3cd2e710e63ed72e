import { ENGINE_NAMES } from '../../engines/engines.js';
import { MAX_QUERIES, MAX_QUERY_LENGTH, MAX_QUERY_NAME_LENGTH } from '../../jobs/request/main-fields.js';
import type { RequestField } from '../../jobs/request/request-field.js';
import { type FieldName, REQUEST_FIELDS } from '../../jobs/request/request-fields.js';
import type { SchemaObject } from './open-api-types.js';

/** The schemas of fields of a request, by name. @param maxImages most images a job may ask for */
export function fieldSchemas(
  names: readonly FieldName[],
  maxImages: number,
): Readonly<Record<string, SchemaObject>> {
  return Object.fromEntries(names.map((name) => [name, schemaOf(REQUEST_FIELDS[name], maxImages)]));
}

function schemaOf(field: RequestField, maxImages: number): SchemaObject {
  const { about: description, example } = field;
  switch (field.kind) {
    case 'choice':
      return oneOf(Object.keys(field.choices), description);
    case 'number':
      return { type: 'integer', minimum: field.min, maximum: field.max, description };
    case 'count':
      return { type: 'integer', minimum: 1, maximum: maxImages, example: Number(example), description };
    case 'sites':
      return { type: 'array', items: { type: 'string' }, description };
    case 'engines':
      return { type: 'array', items: { type: 'string', enum: [...ENGINE_NAMES] }, description };
    case 'flag':
      return { type: 'boolean', description };
    case 'queries':
      return { ...LISTED_QUERIES, description };
    case 'query':
      return { type: 'string', description, maxLength: MAX_QUERY_LENGTH, example };
    case 'email':
      return { type: 'string', description, format: 'email', example };
    default:
      return { type: 'string', description, example };
  }
}

/** A list of searches: texts, or objects with a name and a number of their own. */
const LISTED_QUERIES: SchemaObject = {
  type: 'array',
  maxItems: MAX_QUERIES,
  items: {
    oneOf: [
      { type: 'string', maxLength: MAX_QUERY_LENGTH },
      {
        type: 'object',
        required: ['query'],
        properties: {
          query: { type: 'string', maxLength: MAX_QUERY_LENGTH },
          count: { type: 'integer', minimum: 1 },
          name: { type: 'string', maxLength: MAX_QUERY_NAME_LENGTH },
        },
      },
    ],
  },
  example: ['red panda', { query: 'koala', count: 20, name: 'bears' }],
};

function oneOf(choices: string[], about: string): SchemaObject {
  const listed = choices.map((choice) => `\`${choice}\``).join(', ');
  return { type: 'string', enum: choices, description: `${about} One of ${listed}.` };
}
