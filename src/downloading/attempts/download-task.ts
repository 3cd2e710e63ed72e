import type { Candidate } from '../../jobs/candidate.js';
import type { ImageRecord } from '../../jobs/image-record.js';
import type { Features } from '../../imaging/similarity/features.js';
import type { Rejection } from '../../jobs/rejection.js';

/** Requirements for an image from a page. */
export interface Wanted {
  readonly features: Features;
  /** Minimum of its longest side, so that it is not the preview itself. */
  readonly leastPx: number;
}

/** The origin of a candidate whose image is looked for on its page, or replaced by its preview. */
export interface Fallbacks {
  /** The original candidate. */
  readonly record: ImageRecord;
  /** Why the original could not be used. */
  readonly why: Rejection;
  /** Null for a preview, which has no requirements. */
  readonly wanted: Wanted | null;
  /** Images of the page that were not tried yet, the likeliest first. */
  readonly others: readonly string[];
}

interface TaskBase {
  readonly record: ImageRecord;
  readonly url: string;
  /** Name and port, as the limits per host count them. */
  readonly host: string;
  readonly retries: number;
}

/** An image to download. */
export interface ImageTask extends TaskBase {
  readonly kind: 'image';
  /** Whether the request names the page that shows the image. */
  readonly withReferer: boolean;
  readonly fallbacks: Fallbacks | null;
}

/** A page to search for its image. */
export interface PageTask extends TaskBase {
  readonly kind: 'page';
  readonly why: Rejection;
}

/** The next task of a candidate. */
export type DownloadTask = ImageTask | PageTask;

/** @returns null if the image's address is not known */
export function imageTask(record: ImageRecord, fallbacks: Fallbacks | null = null): ImageTask | null {
  const url = record.candidate.imageUrl;
  if (url === null) return null;
  return { kind: 'image', record, url, host: hostIn(url), retries: 0, withReferer: false, fallbacks };
}

/** @returns null if there is no page, or no preview by which to recognise the image */
export function pageTask(record: ImageRecord, why: Rejection): PageTask | null {
  const { pageUrl, previewUrl } = record.candidate;
  if (pageUrl === null || previewUrl === null) return null;
  return { kind: 'page', record, url: pageUrl, host: hostIn(pageUrl), retries: 0, why };
}

/** A task for the engine's preview instead of an image that cannot be had. @returns null if there is none */
export function previewTask(record: ImageRecord, why: Rejection): ImageTask | null {
  const { previewUrl } = record.candidate;
  if (previewUrl === null) return null;
  const candidate: Candidate = {
    ...record.candidate,
    imageUrl: previewUrl,
    foundBy: 'thumbnail',
    claimed: null,
  };
  return imageTask({ ...record, candidate }, { record, why, wanted: null, others: [] });
}

/** A task for the next image of a page. @returns null if there are no more */
export function nextFallback(fallbacks: Fallbacks): ImageTask | null {
  const [imageUrl, ...others] = fallbacks.others;
  if (imageUrl === undefined) return null;
  const candidate: Candidate = { ...fallbacks.record.candidate, imageUrl, foundBy: 'page' };
  return imageTask({ ...fallbacks.record, candidate }, { ...fallbacks, others });
}

function hostIn(url: string): string {
  // The download refuses addresses that are no URL; until then such an address counts as a host.
  return URL.canParse(url) ? new URL(url).host : url;
}
