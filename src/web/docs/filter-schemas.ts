import { ENGINE_NAMES } from '../../engines/engines.js';
import {
  AGES,
  ASPECTS,
  COLORS,
  FILE_TYPES,
  LICENCES,
  SAFE_LEVELS,
  SIZES,
  TYPES,
} from '../../jobs/request/filters.js';
import { CONVERSIONS, DEFAULT_NAME_PATTERN, NAME_PLACES } from '../../jobs/request/output.js';
import type { FilterField, OutputField } from '../../validation/problem.js';
import { MAX_SIDE_PX } from '../../validation/read-pixels.js';
import type { SchemaObject } from './open-api-types.js';

const oneOf = (choices: readonly string[], description: string): SchemaObject => ({
  type: 'string',
  enum: [...choices],
  description: `${description} One of ${choices.map((choice) => `\`${choice}\``).join(', ')}.`,
});
const pixels = (description: string): SchemaObject => ({
  type: 'integer',
  minimum: 1,
  maximum: MAX_SIDE_PX,
  description,
});
const list = (items: SchemaObject, description: string): SchemaObject => ({
  type: 'array',
  items,
  description,
});

/** What images can be asked to be like, field by field. */
export const FILTER_SCHEMAS: Record<FilterField, SchemaObject> = {
  size: oneOf(SIZES, 'Longest side: under 500 pixels, 500 to 1023, 1024 and more.'),
  minWidth: pixels('Least width in pixels.'),
  minHeight: pixels('Least height in pixels.'),
  exactSize: { type: 'string', example: '1920x1080', description: 'The one size wanted, in pixels.' },
  color: oneOf(COLORS, 'Coloured at all, without colour, transparent, or mostly one colour.'),
  type: oneOf(TYPES, 'What kind of picture.'),
  aspect: oneOf(ASPECTS, 'Shape.'),
  licence: oneOf(LICENCES, 'What the stated licence must allow; a hint, never a proof.'),
  age: oneOf(AGES, 'How long ago the engine found it, at most.'),
  sites: list({ type: 'string' }, 'Only from these sites and their subdomains.'),
  withoutSites: list({ type: 'string' }, 'Not from these sites.'),
  safe: oneOf(SAFE_LEVELS, 'Safe search; left out: moderate.'),
  fileType: oneOf(FILE_TYPES, 'File format.'),
  engines: list({ type: 'string', enum: [...ENGINE_NAMES] }, 'Engines in the order in which they are asked.'),
};

/** How the images can be put into the zip, field by field. */
export const OUTPUT_SCHEMAS: Record<OutputField, SchemaObject> = {
  convert: oneOf(CONVERSIONS, 'Format that every image is converted to.'),
  longestSide: pixels('Larger images are scaled down to this longest side.'),
  stripMetadata: { type: 'boolean', description: 'Whether camera, place and other notes are removed.' },
  allowThumbnails: {
    type: 'boolean',
    description:
      'Whether small previews stand in for images whose originals cannot be had, where there would else be too few.',
  },
  namePattern: {
    type: 'string',
    example: DEFAULT_NAME_PATTERN,
    description: `File names without extension; may hold ${NAME_PLACES.map((place) => `\`{${place}}\``).join(', ')}.`,
  },
};
