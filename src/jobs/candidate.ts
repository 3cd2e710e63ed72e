import type { EngineName } from '../engines/engines.js';

/** A licence as the engine stated it: a hint for the reader, never a proof. */
export interface LicenceHint {
  /** Short name as stated, e.g. `CC BY-SA 4.0`; null when only a link is known. */
  readonly name: string | null;
  readonly url: string | null;
  /** Whom to credit, as stated. */
  readonly credit: string | null;
}

/** Pixels as an engine claims them; not checked. */
export interface ClaimedSize {
  readonly width: number;
  readonly height: number;
}

/**
 * How the address of the image was found: in the engine's own record of the result, in a link of its page, in the
 * panel that opens on a click, or on the page the image stands on, by its looks; `thumbnail` where it is no original
 * but the engine's small preview, which has to be asked for.
 */
export const ORIGINAL_WAYS = ['record', 'link', 'panel', 'page', 'thumbnail'] as const;
/** One way to the address of an original. */
export type OriginalWay = (typeof ORIGINAL_WAYS)[number];

/** One search result, not yet downloaded. */
export interface Candidate {
  readonly engine: EngineName;
  /** Place in the engine's own order, from 1. */
  readonly rank: number;
  /** The engine's own id of the result, unique within the engine's answer to one query. */
  readonly sourceId: string;
  /** The full-size image; null while it still has to be resolved. */
  readonly imageUrl: string | null;
  /** Absent where the engine has only one way, or none was found yet. */
  readonly foundBy?: OriginalWay;
  readonly previewUrl: string | null;
  readonly pageUrl: string | null;
  readonly title: string | null;
  /** Name of the site as shown to people, e.g. `Wikipedia`. */
  readonly site: string | null;
  readonly claimed: ClaimedSize | null;
  readonly licence: LicenceHint | null;
}
