import type { FieldTable } from './request-field.js';
import { DEFAULT_NAME_PATTERN, NAME_PLACES } from './name-pattern.js';

/** Options of the zip, in the order in which sentences list them. */
export const OUTPUT_TABLE = {
  convert: {
    kind: 'choice',
    label: 'Convert to',
    about: 'Format that every image is converted to.',
    words: ['convert'],
    choices: { jpeg: 'JPEG', png: 'PNG', webp: 'WebP' },
    none: 'As found',
    said: (words) => `converted to ${words}`,
  },
  longestSide: {
    kind: 'pixels',
    label: 'Longest side at most, pixels',
    about: 'Larger images are scaled down to this longest side.',
    words: ['longestside'],
    min: 16,
    said: (pixels) => `at most ${pixels} pixels on the longest side`,
  },
  stripMetadata: {
    kind: 'flag',
    label: 'Remove camera, place and other notes from the files',
    about: 'Whether camera, place and other notes are removed.',
    words: ['stripmetadata'],
    said: () => 'metadata removed',
  },
  allowThumbnails: {
    kind: 'flag',
    label: 'Fill up with small previews where originals cannot be had',
    about:
      'Whether small previews stand in for images whose originals cannot be had, where there would else be too few.',
    words: ['allowthumbnails'],
    said: () => 'small previews where originals are missing',
  },
  namePattern: {
    kind: 'pattern',
    label: 'File names',
    about: `File names without extension; may hold ${NAME_PLACES.map((place) => `\`{${place}}\``).join(', ')}.`,
    example: DEFAULT_NAME_PATTERN,
    said: (pattern) => `named ${pattern}`,
  },
} as const satisfies FieldTable;
