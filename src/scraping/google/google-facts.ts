import type { PageSigns } from '../web-page/page-signs.js';

/** The facts of a page about one result, outside its records. */
export interface Tile {
  readonly docId: string;
  /** Page the image is on. */
  readonly pageUrl: string | null;
  readonly title: string | null;
  /** Address of the preview; a `data:` address if the page holds the picture itself. */
  readonly previewUrl: string | null;
}

/** Facts of a page of Google, not judged yet. */
export interface GoogleFacts extends PageSigns {
  /** Arrays in the page's memory that look like records of results. */
  readonly records: readonly unknown[];
  /** Texts of the page's scripts that may hold records; only if memory does not explain all tiles. */
  readonly scripts: readonly string[];
  /** Tiles of results, in the order of the page. */
  readonly tiles: readonly Tile[];
  /** Documents with tiles outside the results only, e.g. related images in an open panel. */
  readonly elsewhere: readonly string[];
  /** Addresses of links that name the full-size image. */
  readonly imageLinks: readonly string[];
  /** Address of the link to more results. */
  readonly moreUrl: string | null;
  /** Whether the page asks for JavaScript, as soft blocks do (and good pages too). */
  readonly asksForScript: boolean;
  /** Whether there is a place for results, whatever its content. */
  readonly hasResultsPlace: boolean;
  /** Visible elements; 0 if there are results. */
  readonly elements: number;
}
