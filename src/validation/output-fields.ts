import { CONVERSIONS, type Output } from '../jobs/request/output.js';
import { CheckedBy } from './checked-by.js';
import { ownField, type Reading, valueOf } from './reading.js';
import type { OutputField, RawFields } from './problem.js';
import { readChoice } from './read-choice.js';
import { readFlag } from './read-flag.js';
import { readNamePattern } from './read-name-pattern.js';
import { readPixels } from './read-pixels.js';

/** Least longest side that images are scaled down to, in pixels. */
const MIN_LONGEST_SIDE_PX = 16;

function readEach(raw: RawFields) {
  return {
    convert: readChoice(ownField(raw, 'convert'), CONVERSIONS),
    longestSide: readPixels(ownField(raw, 'longestSide'), MIN_LONGEST_SIDE_PX),
    stripMetadata: readFlag(ownField(raw, 'stripMetadata')),
    allowThumbnails: readFlag(ownField(raw, 'allowThumbnails')),
    namePattern: readNamePattern(ownField(raw, 'namePattern')),
  } satisfies Record<OutputField, Reading<unknown>>;
}

const Option = (name: OutputField) => CheckedBy((fields: OutputFields) => fields.readings[name]);

/** How the images are put into the zip, for class-validator. */
export class OutputFields {
  @Option('convert') readonly convert: unknown;
  @Option('longestSide') readonly longestSide: unknown;
  @Option('stripMetadata') readonly stripMetadata: unknown;
  @Option('allowThumbnails') readonly allowThumbnails: unknown;
  @Option('namePattern') readonly namePattern: unknown;

  readonly readings: ReturnType<typeof readEach>;

  constructor(raw: RawFields) {
    this.readings = readEach(raw);
  }

  /** Whether there is nothing wrong. */
  get areRight(): boolean {
    return Object.values(this.readings).every(({ ok }) => ok);
  }

  /** The options that were set and could be read. */
  output(): Output {
    const convert = valueOf(this.readings.convert);
    const longestSidePx = valueOf(this.readings.longestSide);
    const namePattern = valueOf(this.readings.namePattern);
    return {
      ...(convert === null ? {} : { convert }),
      ...(longestSidePx === null ? {} : { longestSidePx }),
      ...(valueOf(this.readings.stripMetadata) === true ? { stripMetadata: true as const } : {}),
      ...(valueOf(this.readings.allowThumbnails) === true ? { allowThumbnails: true as const } : {}),
      ...(namePattern === null ? {} : { namePattern }),
    };
  }
}
