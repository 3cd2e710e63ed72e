import type { Candidate } from '../jobs/candidate.js';

/** The stored form of a candidate: `previewUrl` has the name that earlier versions used. */
type StoredCandidate = Omit<Candidate, 'previewUrl'> & { readonly thumbnailUrl: string | null };

/** @returns the candidate as JSON for a column */
export function candidateText({ previewUrl, ...facts }: Candidate): string {
  const stored: StoredCandidate = { ...facts, thumbnailUrl: previewUrl };
  return JSON.stringify(stored);
}

/** @returns the candidate from the parsed JSON of a column */
export function storedCandidate({ thumbnailUrl, ...facts }: StoredCandidate): Candidate {
  return { ...facts, previewUrl: thumbnailUrl };
}
