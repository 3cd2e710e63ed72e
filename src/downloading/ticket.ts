import type { Candidate } from '../jobs/candidate.js';
import type { ImageRecord } from '../jobs/image-record.js';
import type { Look } from './looks/look.js';
import type { Rejection } from './rejection.js';

/** What an image from a page has to be, to be the one that was looked for. */
export interface Wanted {
  readonly look: Look;
  /** Its longest side is at least this, so that it is not the thumbnail itself. */
  readonly leastPx: number;
}

/** Where a candidate came from whose image is looked for on its page, or whose preview is taken. */
export interface Trail {
  /** The candidate as it was before. */
  readonly record: ImageRecord;
  /** Why something else had to be tried. */
  readonly why: Rejection;
  /** What it has to be; null for a preview, which is what it is. */
  readonly wanted: Wanted | null;
  /** Images of the page that were not tried yet, the likeliest first. */
  readonly others: readonly string[];
}

interface Leg {
  readonly record: ImageRecord;
  readonly url: string;
  /** Name and port, as limits for each host count them. */
  readonly host: string;
  readonly retries: number;
}

/** An image that is downloaded next. */
export interface ImageTicket extends Leg {
  readonly kind: 'image';
  /** Whether the host is told which page shows the image. */
  readonly withReferer: boolean;
  readonly trail: Trail | null;
}

/** A page that is searched for its image next. */
export interface PageTicket extends Leg {
  readonly kind: 'page';
  readonly why: Rejection;
}

/** A candidate on its way. */
export type Ticket = ImageTicket | PageTicket;

/** @returns null where the image's address is not known */
export function imageTicket(record: ImageRecord, trail: Trail | null = null): ImageTicket | null {
  const url = record.candidate.imageUrl;
  if (url === null) return null;
  return { kind: 'image', record, url, host: hostIn(url), retries: 0, withReferer: false, trail };
}

/** @returns null where there is no page, or nothing to recognise the image by */
export function pageTicket(record: ImageRecord, why: Rejection): PageTicket | null {
  const { pageUrl, thumbnailUrl } = record.candidate;
  if (pageUrl === null || thumbnailUrl === null) return null;
  return { kind: 'page', record, url: pageUrl, host: hostIn(pageUrl), retries: 0, why };
}

/** The engine's own small preview in the place of an image that cannot be had. @returns null where there is none */
export function previewTicket(record: ImageRecord, why: Rejection): ImageTicket | null {
  const { thumbnailUrl } = record.candidate;
  if (thumbnailUrl === null) return null;
  const candidate: Candidate = {
    ...record.candidate,
    imageUrl: thumbnailUrl,
    foundBy: 'thumbnail',
    claimed: null,
  };
  return imageTicket({ ...record, candidate }, { record, why, wanted: null, others: [] });
}

/** The next image of a page that may be the one. @returns null where there are no more */
export function nextOnTrail(trail: Trail): ImageTicket | null {
  const [imageUrl, ...others] = trail.others;
  if (imageUrl === undefined) return null;
  const candidate: Candidate = { ...trail.record.candidate, imageUrl, foundBy: 'page' };
  return imageTicket({ ...trail.record, candidate }, { ...trail, others });
}

function hostIn(url: string): string {
  // One that is no URL is refused where it would be fetched; until then it has a lane of its own.
  return URL.canParse(url) ? new URL(url).host : url;
}
