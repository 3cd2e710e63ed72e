import type { EngineName } from '../engines/engines.js';

/** A licence as stated by the engine: a hint, never a proof. */
export interface LicenceHint {
  /** Short name as stated, e.g. `CC BY-SA 4.0`; null: only a link is known. */
  readonly name: string | null;
  readonly url: string | null;
  /** The author to credit, as stated. */
  readonly credit: string | null;
}

/** Pixels as stated by an engine; not checked. */
export interface ClaimedSize {
  readonly width: number;
  readonly height: number;
}

/**
 * The source of an image address: the engine's record of the result, a link of the results page, the panel that
 * opens on a click, or the page of the image, where it is recognised by its looks. `thumbnail`: the engine's
 * preview instead of an original, used only on request.
 */
export const ORIGINAL_WAYS = ['record', 'link', 'panel', 'page', 'thumbnail'] as const;
export type OriginalWay = (typeof ORIGINAL_WAYS)[number];

/** One search result, not yet downloaded. */
export interface Candidate {
  /** Index of its query in the request; absent: 0. */
  readonly query?: number;
  readonly engine: EngineName;
  /** Position in the engine's order, from 1. */
  readonly rank: number;
  /** The engine's id of the result, unique within its results for one query. */
  readonly sourceId: string;
  /** Address of the full-size image; null: still to be resolved. */
  readonly imageUrl: string | null;
  /** Absent if the engine has only one way, or the address is not found yet. */
  readonly foundBy?: OriginalWay;
  readonly previewUrl: string | null;
  readonly pageUrl: string | null;
  readonly title: string | null;
  /** Display name of the site, e.g. `Wikipedia`. */
  readonly site: string | null;
  readonly claimed: ClaimedSize | null;
  readonly licence: LicenceHint | null;
}
