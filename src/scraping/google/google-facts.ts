import type { PageSigns } from '../web-page/page-signs.js';

/** What a page says about one result outside its records. */
export interface Tile {
  readonly docId: string;
  /** Page the image is on. */
  readonly pageUrl: string | null;
  readonly title: string | null;
  /** Address of the preview; a `data:` address where the page holds the picture itself. */
  readonly previewUrl: string | null;
}

/** What was read from a page of Google, as it stands; nothing is judged yet. */
export interface GoogleFacts extends PageSigns {
  /** Arrays found in the page's memory that look like records of results. */
  readonly records: readonly unknown[];
  /** Texts of the page's own scripts that may hold records; only where memory does not explain all tiles. */
  readonly scripts: readonly string[];
  /** Tiles of results, in the order of the page. */
  readonly tiles: readonly Tile[];
  /** Documents whose tiles stand only outside the results, e.g. related images in an open panel. */
  readonly elsewhere: readonly string[];
  /** Addresses of links that name the full-size image. */
  readonly imageLinks: readonly string[];
  /** Address of the link to more results. */
  readonly moreUrl: string | null;
  /** Whether the page asks for JavaScript, as soft blocks do (and good pages too). */
  readonly asksForScript: boolean;
  /** Whether there is a place for results, whatever is in it. */
  readonly hasResultsPlace: boolean;
  /** Elements a person could see; 0 where there are results. */
  readonly elements: number;
}
