import { type FieldTable, MAX_SIDE_PX } from './request-field.js';
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
    kind: 'number',
    unit: 'pixels',
    label: 'Longest side at most, pixels',
    about: 'Larger images are scaled down to this longest side.',
    words: ['longestside'],
    min: 16,
    max: MAX_SIDE_PX,
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
  layout: {
    kind: 'choice',
    label: 'Folders in the zip',
    about:
      'How the images lie in the zip: `flat`, all in one folder; `folders`, one for each search; `huggingface`, captions beside the images.',
    words: ['layout'],
    choices: {
      flat: 'in one folder',
      folders: 'in a folder for each search',
      huggingface: 'as a Hugging Face dataset',
    },
    menu: {
      folders: 'A folder for each search (ImageFolder, Keras)',
      huggingface: 'Hugging Face dataset, with captions',
    },
    none: 'All images in one folder',
  },
  validation: {
    kind: 'number',
    unit: 'percent',
    label: 'For validation, percent',
    about: 'Share of the images of each search that lie in `validation`; the others lie in `train`.',
    words: ['validation'],
    min: 1,
    max: 50,
    said: (percent) => `${percent} % for validation`,
  },
  seed: {
    kind: 'number',
    unit: 'none',
    label: 'Seed of the split',
    about: 'The same images and seed give the same split; 0 if absent.',
    words: ['seed'],
    min: 0,
    max: 2 ** 31 - 1,
    said: (seed) => `split by seed ${seed}`,
  },
} as const satisfies FieldTable;
