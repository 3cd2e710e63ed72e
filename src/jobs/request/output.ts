import type { Choice } from './request-fields.js';

/** How the images are put into the zip. What is absent stays as downloaded. */
export interface Output {
  /** Format that every image is converted to. */
  readonly convert?: Choice<'convert'>;
  /** Larger images are scaled down to this longest side, in pixels; smaller ones stay as they are. */
  readonly longestSidePx?: number;
  /** Whether camera, place, author and other embedded notes are removed. */
  readonly stripMetadata?: true;
  /**
   * Whether an engine's small preview may stand in for an image whose original cannot be had, where there would else
   * be too few; each is labelled as one.
   */
  readonly allowThumbnails?: true;
  /** File names without extension, e.g. `{number}-{title}`; see `NAME_PLACES`. */
  readonly namePattern?: string;
}

/** Whether the files themselves are changed, not only named. */
export function changesFiles({ convert, longestSidePx, stripMetadata }: Output): boolean {
  return convert !== undefined || longestSidePx !== undefined || stripMetadata === true;
}
