import type { Candidate } from '../../jobs/candidate.js';
import type { ImageRecord } from '../../jobs/image-record.js';
import type { Features } from '../../imaging/similarity/features.js';
import type { Rejection } from '../../jobs/rejection.js';

/** What an image from a page has to be, to be the one that was looked for. */
export interface Wanted {
  readonly features: Features;
  /** Its longest side is at least this, so that it is not the preview itself. */
  readonly leastPx: number;
}

/** Where a candidate came from whose image is looked for on its page, or whose preview is taken. */
export interface Fallbacks {
  /** The candidate as it was before. */
  readonly record: ImageRecord;
  /** Why something else had to be tried. */
  readonly why: Rejection;
  /** What it has to be; null for a preview, which is what it is. */
  readonly wanted: Wanted | null;
  /** Images of the page that were not tried yet, the likeliest first. */
  readonly others: readonly string[];
}

interface TaskBase {
  readonly record: ImageRecord;
  readonly url: string;
  /** Name and port, as limits for each host count them. */
  readonly host: string;
  readonly retries: number;
}

/** An image that is downloaded next. */
export interface ImageTask extends TaskBase {
  readonly kind: 'image';
  /** Whether the host is told which page shows the image. */
  readonly withReferer: boolean;
  readonly fallbacks: Fallbacks | null;
}

/** A page that is searched for its image next. */
export interface PageTask extends TaskBase {
  readonly kind: 'page';
  readonly why: Rejection;
}

/** A candidate on its way. */
export type DownloadTask = ImageTask | PageTask;

/** @returns null where the image's address is not known */
export function imageTask(record: ImageRecord, fallbacks: Fallbacks | null = null): ImageTask | null {
  const url = record.candidate.imageUrl;
  if (url === null) return null;
  return { kind: 'image', record, url, host: hostIn(url), retries: 0, withReferer: false, fallbacks };
}

/** @returns null where there is no page, or nothing to recognise the image by */
export function pageTask(record: ImageRecord, why: Rejection): PageTask | null {
  const { pageUrl, previewUrl } = record.candidate;
  if (pageUrl === null || previewUrl === null) return null;
  return { kind: 'page', record, url: pageUrl, host: hostIn(pageUrl), retries: 0, why };
}

/** The engine's own small preview in the place of an image that cannot be had. @returns null where there is none */
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

/** The next image of a page that may be the one. @returns null where there are no more */
export function nextFallback(fallbacks: Fallbacks): ImageTask | null {
  const [imageUrl, ...others] = fallbacks.others;
  if (imageUrl === undefined) return null;
  const candidate: Candidate = { ...fallbacks.record.candidate, imageUrl, foundBy: 'page' };
  return imageTask({ ...fallbacks.record, candidate }, { ...fallbacks, others });
}

function hostIn(url: string): string {
  // One that is no URL is refused where it would be fetched; until then it has a host of its own.
  return URL.canParse(url) ? new URL(url).host : url;
}
