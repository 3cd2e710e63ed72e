import type { Candidate } from '../jobs/candidate.js';

/** A stored candidate: the engine's preview keeps the name that earlier versions wrote. */
type StoredCandidate = Omit<Candidate, 'previewUrl'> & { readonly thumbnailUrl: string | null };

/** @returns the candidate as JSON for a column */
export function candidateText({ previewUrl, ...facts }: Candidate): string {
  const stored: StoredCandidate = { ...facts, thumbnailUrl: previewUrl };
  return JSON.stringify(stored);
}

/** @returns the candidate of a column */
export function storedCandidate({ thumbnailUrl, ...facts }: StoredCandidate): Candidate {
  return { ...facts, previewUrl: thumbnailUrl };
}
