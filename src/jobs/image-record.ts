import type { Candidate } from './candidate.js';
import type { RejectionReason } from './rejection-reasons.js';

/** The image formats that are delivered. */
export const IMAGE_FORMATS = ['jpeg', 'png', 'webp', 'gif', 'avif'] as const;
/** What a file really is, by its bytes. */
export type ImageFormat = (typeof IMAGE_FORMATS)[number];

/** The facts of one checked image file. */
export interface KeptFile {
  /** Lower-case hex digest of the bytes; the file's name in the work folder. */
  readonly sha256: string;
  readonly format: ImageFormat;
  /** Pixels as people see them, turned where EXIF says so; as stored in records of earlier versions. */
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  /** Perceptual fingerprint: a small grey picture with its colours and shape, base64url. */
  readonly fingerprint: string;
}

/** What became of a candidate. */
export type ImageOutcome =
  | { readonly status: 'found' }
  | { readonly status: 'kept'; readonly file: KeptFile }
  | { readonly status: 'rejected'; readonly reason: RejectionReason; readonly detail: string | null };

/** One candidate of a job with what became of it: an idempotent fact, keyed by job and `urlHash`. */
export interface ImageRecord {
  /**
   * sha256 (hex, first 32 digits) of the image URL, or of engine and source id where none was known when the
   * candidate was found. It stays when the address is found, or another one takes its place.
   */
  readonly urlHash: string;
  /** Order in which the job found it, from 0; the archive keeps this order. */
  readonly position: number;
  readonly candidate: Candidate;
  readonly outcome: ImageOutcome;
}
