import type { Choice } from './request-fields.js';

/** Options of the zip. Without any, images stay as downloaded. */
export interface Output {
  /** Format that every image is converted to. */
  readonly convert?: Choice<'convert'>;
  /** Longest side in pixels: larger images are scaled down, smaller ones stay as they are. */
  readonly longestSidePx?: number;
  /** Whether camera, place, author and other embedded notes are removed. */
  readonly stripMetadata?: true;
  /**
   * Whether an engine's preview may replace an image whose original is unavailable, if there would be too few
   * images; each is labelled.
   */
  readonly allowThumbnails?: true;
  /** File names without extension, e.g. `{number}-{title}`; see `NAME_PLACES`. */
  readonly namePattern?: string;
  /** How the images lie in the zip; absent: `flat`, all in one folder. */
  readonly layout?: Choice<'layout'>;
  /** Percent of the images of each query that are for validation, 1 to 50; absent: there is no split. */
  readonly validation?: number;
  /** Decides which images are for validation; absent: 0. */
  readonly seed?: number;
}

/** Whether the files themselves change, not only their names. */
export function changesFiles({ convert, longestSidePx, stripMetadata }: Output): boolean {
  return convert !== undefined || longestSidePx !== undefined || stripMetadata === true;
}
