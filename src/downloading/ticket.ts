import type { ImageRecord } from '../jobs/image-record.js';

/** A candidate on its way: what is downloaded next, and how often it was tried. */
export interface Ticket {
  readonly record: ImageRecord;
  readonly url: string;
  /** Name and port, as limits for each host count them. */
  readonly host: string;
  readonly retries: number;
}

/** @returns null where the image's address is not known */
export function ticketFor(record: ImageRecord): Ticket | null {
  const url = record.candidate.imageUrl;
  if (url === null) return null;
  // One that is no URL is refused where it would be fetched; until then it has a lane of its own.
  return { record, url, host: URL.canParse(url) ? new URL(url).host : url, retries: 0 };
}
