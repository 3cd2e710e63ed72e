import type { ProblemCode } from './problem-wording.js';

/** What is asked for, when, and for whom. */
export const MAIN_FIELDS = ['query', 'date', 'time', 'timeZone', 'count', 'email'] as const;

/** What the images must be like, and where they are looked for. */
export const FILTER_FIELDS = [
  'size',
  'minWidth',
  'minHeight',
  'exactSize',
  'color',
  'type',
  'aspect',
  'licence',
  'age',
  'sites',
  'withoutSites',
  'safe',
  'fileType',
  'engines',
] as const;
/** The name of one filter, as every door takes it. */
export type FilterField = (typeof FILTER_FIELDS)[number];

/** How the images are put into the zip. */
export const OUTPUT_FIELDS = [
  'convert',
  'longestSide',
  'stripMetadata',
  'allowThumbnails',
  'namePattern',
] as const;
/** The name of one option of the zip, as every door takes it. */
export type OutputField = (typeof OUTPUT_FIELDS)[number];

/** The fields of a request, as every door names them. */
export const FIELD_NAMES = [...MAIN_FIELDS, ...FILTER_FIELDS, ...OUTPUT_FIELDS] as const;
/** The name of any field of a request. */
export type FieldName = (typeof FIELD_NAMES)[number];

/** The start in words, for doors where people write instead of choosing: it stands for date and time. */
export type WordsField = 'when';

/** What a door was given, before anything is known about it. */
export type RawFields = Readonly<Record<string, unknown>>;

/** One thing wrong with a request. */
export interface Problem {
  /** The field, or the unknown name that was sent. */
  readonly field: string;
  readonly code: ProblemCode;
  /** Plain words with what to do. */
  readonly message: string;
}
