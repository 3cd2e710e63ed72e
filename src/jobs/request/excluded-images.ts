import type { Candidate } from '../candidate.js';
import type { ImageRecord } from '../image-record.js';
import { recordHash } from './record-hash.js';

/** Unlike that of any query, so that a rejected result of the same address has its own record. */
const SCOPE = 'excluded';

/**
 * The images of a job that a job after it must not deliver: those it kept, and those it had to leave out itself.
 * Only what recognises them is copied: addresses, bytes and looks.
 */
export function excludedImages(records: readonly ImageRecord[]): ImageRecord[] {
  return records.flatMap(({ candidate, outcome }, index): ImageRecord[] => {
    if (outcome.status !== 'kept' && outcome.status !== 'excluded') return [];
    return [
      {
        urlHash: recordHash(candidate, SCOPE),
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

/** The address of the image if it is known, and the name that its engine gave the result. */
function addressesOf({ imageUrl, engine, sourceId }: Candidate): string[] {
  return [...(imageUrl === null ? [] : [imageUrl]), `${engine}\n${sourceId}`];
}

function recognised({ engine, rank, sourceId, imageUrl }: Candidate): Candidate {
  const unknown = { previewUrl: null, pageUrl: null, title: null, site: null, claimed: null, licence: null };
  return { engine, rank, sourceId, imageUrl, ...unknown };
}
