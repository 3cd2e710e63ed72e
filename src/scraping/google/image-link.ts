import type { ClaimedSize } from '../../jobs/candidate.js';

/** The facts in a link to Google's page about one image. */
export interface ImageLink {
  readonly docId: string;
  readonly imageUrl: string;
  readonly pageUrl: string | null;
  readonly claimed: ClaimedSize | null;
}

/** Reads an `imgres` link. @returns null if it names no image */
export function readImageLink(href: string): ImageLink | null {
  if (!URL.canParse(href)) return null;
  const parameters = new URL(href).searchParams;
  const docId = parameters.get('tbnid');
  const imageUrl = parameters.get('imgurl');
  if (docId === null || imageUrl === null || !/^https?:\/\//i.test(imageUrl)) return null;
  const width = Number(parameters.get('w'));
  const height = Number(parameters.get('h'));
  const claimed = width > 0 && height > 0 ? { width, height } : null;
  return { docId, imageUrl, pageUrl: parameters.get('imgrefurl'), claimed };
}
