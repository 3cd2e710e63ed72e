import type { Candidate } from './candidate.js';
import type { RejectionReason } from './rejection-reasons.js';

/** The image formats that are delivered. */
export const IMAGE_FORMATS = ['jpeg', 'png', 'webp', 'gif', 'avif'] as const;
/** The format of a file, by its bytes. */
export type ImageFormat = (typeof IMAGE_FORMATS)[number];

/** The facts of one checked image file. */
export interface KeptFile {
  /** Lower-case hex digest of the bytes; the file's name in the work folder. */
  readonly sha256: string;
  readonly format: ImageFormat;
  /** Pixels as displayed, after EXIF rotation; unrotated in records of earlier versions. */
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  /** Perceptual fingerprint: a small grey picture with its colours and shape, base64url. */
  readonly fingerprint: string;
}

/** The outcome of a candidate. */
export type ImageOutcome =
  | { readonly status: 'found' }
  | { readonly status: 'kept'; readonly file: KeptFile }
  | { readonly status: 'rejected'; readonly reason: RejectionReason; readonly detail: string | null }
  /** No candidate: an image that the jobs before have delivered, so that this one must not. */
  | { readonly status: 'excluded'; readonly file: KeptFile };

/** Positions that each query of a job has for its candidates. */
export const POSITIONS_PER_QUERY = 1_000_000;

/** @returns the index of the query that found a candidate */
export function queryIndexOf({ candidate }: Pick<ImageRecord, 'candidate'>): number {
  return candidate.query ?? 0;
}

/** A candidate of a job with its outcome: an idempotent fact, keyed by job and `urlHash`. */
export interface ImageRecord {
  /**
   * sha256 (hex, first 32 digits) of the image URL, or of engine and source id if the URL was unknown when
   * the candidate was found; of the index of the query and these for every query but the first. Stays the
   * same if the URL is found or changes later.
   */
  readonly urlHash: string;
  /**
   * Order in the job and in the archive: the candidates of a query as found, from its index times
   * `POSITIONS_PER_QUERY`.
   */
  readonly position: number;
  readonly candidate: Candidate;
  readonly outcome: ImageOutcome;
}
