import type { Candidate, OriginalWay } from '../jobs/candidate.js';

/** A full-size image that an engine shows after all, and how it was found. */
export interface ShownOriginal {
  readonly imageUrl: string;
  readonly foundBy: OriginalWay;
}

/**
 * Asks the open search for the full-size image of a result.
 * @returns null if the engine does not show it, not soon, or its search has ended
 * @throws AppError `browser.crashed`, `source.unreachable`; the reason of the search's signal
 */
export type ResolveOriginal = () => Promise<ShownOriginal | null>;

/** A candidate as a search yields it; `resolve` is never stored. */
export interface FoundCandidate extends Candidate {
  /** Absent if the image's address is known, or this engine cannot show it. */
  readonly resolve?: ResolveOriginal;
}
