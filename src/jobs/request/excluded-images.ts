import { createHash } from 'node:crypto';
import type { Candidate } from '../candidate.js';
import type { ImageRecord } from '../image-record.js';

/**
 * The images of a job that a job after it must not deliver: those it kept, and those it had to leave out itself.
 * Only what recognises them is copied: addresses, bytes and looks.
 */
export function excludedImages(records: readonly ImageRecord[]): ImageRecord[] {
  return records.flatMap(({ candidate, outcome }, index): ImageRecord[] => {
    if (outcome.status !== 'kept' && outcome.status !== 'excluded') return [];
    return [
      {
        urlHash: excludedHash(candidate),
        position: index,
        candidate: recognised(candidate),
        outcome: { status: 'excluded', file: outcome.file },
      },
    ];
  });
}

/** Tells which search results have been delivered before. */
export function deliveredBefore(excluded: readonly ImageRecord[]): (candidate: Candidate) => boolean {
  const known = new Set(excluded.flatMap(({ candidate }) => addressesOf(candidate)));
  return (candidate) => addressesOf(candidate).some((address) => known.has(address));
}

/** Unlike the hash of any search result, so that a rejected one of the same address has its own record. */
function excludedHash(candidate: Candidate): string {
  const [address = ''] = addressesOf(candidate);
  return createHash('sha256').update(`excluded\n${address}`).digest('hex').slice(0, 32);
}

/** The address of the image if it is known, and the name that its engine gave the result. */
function addressesOf({ imageUrl, engine, sourceId }: Candidate): string[] {
  return [...(imageUrl === null ? [] : [imageUrl]), `${engine}\n${sourceId}`];
}

function recognised({ engine, rank, sourceId, imageUrl }: Candidate): Candidate {
  const unknown = { previewUrl: null, pageUrl: null, title: null, site: null, claimed: null, licence: null };
  return { engine, rank, sourceId, imageUrl, ...unknown };
}
