import type { Manifest } from '../manifest.js';
import type { Split } from './splits.js';

/** A text file that a layout adds to an archive. */
export interface LayoutFile {
  /** Path in the archive. */
  readonly name: string;
  readonly lines: Iterable<string>;
}

/** How the images lie in an archive. */
export interface Layout {
  /**
   * The folder of an image.
   * @param className folder of its query
   * @param split null: there is no split
   * @returns '' for the top, else a path that ends with `/`
   */
  readonly folderOf: (className: string, split: Split | null) => string;
  /** The files that programs need beside the images of a manifest. */
  readonly filesOf: (manifest: Manifest) => readonly LayoutFile[];
}
