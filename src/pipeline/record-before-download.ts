import type { Candidate } from '../jobs/candidate.js';
import { type ImageRecord, POSITIONS_PER_QUERY } from '../jobs/image-record.js';
import { recordHash } from '../jobs/request/record-hash.js';
import type { FoundCandidate, ResolveOriginal } from '../scraping/found-candidate.js';
import type { RunLog } from './run-log.js';

/** A stored record, with the way to its original if the open search knows one. */
export interface FoundRecord {
  readonly record: ImageRecord;
  readonly resolve?: ResolveOriginal | undefined;
}

/**
 * Puts every found link into the records before it may be downloaded.
 * @param batches results of the engines, pulled only when more are wanted
 * @param query index of the query
 * @param known records of the query in an earlier run: those without an outcome come first, none comes twice; one whose original is
 *   still unknown waits until its engine finds it again, or has no more
 * @returns records in the order found, each stored
 */
export async function* recordBeforeDownload(
  batches: AsyncIterable<readonly FoundCandidate[]>,
  query: number,
  known: readonly ImageRecord[],
  log: Pick<RunLog, 'recordFound'>,
): AsyncGenerator<FoundRecord, void, void> {
  const open = known.filter(({ outcome }) => outcome.status === 'found');
  const waiting = new Map(open.filter(lacksOriginal).map((record) => [record.urlHash, record]));
  const seen = new Set(known.map(({ urlHash }) => urlHash));
  let position = known.reduce(
    (next, record) => Math.max(next, record.position + 1),
    query * POSITIONS_PER_QUERY,
  );

  for (const record of open) if (!lacksOriginal(record)) yield { record };
  for await (const batch of batches) {
    const found: FoundRecord[] = [];
    for (const { resolve, ...result } of batch) {
      const candidate = query === 0 ? result : { ...result, query };
      const urlHash = recordHash(candidate, query === 0 ? undefined : String(query));
      const before = waiting.get(urlHash);
      if (before === undefined && seen.has(urlHash)) continue;
      waiting.delete(urlHash);
      seen.add(urlHash);
      found.push({ record: before ?? newRecord(urlHash, position, candidate), resolve });
      if (before === undefined) position += 1;
    }
    await log.recordFound(found.map(({ record }) => record));
    yield* found;
  }
  for (const record of waiting.values()) yield { record };
}

function lacksOriginal({ candidate }: ImageRecord): boolean {
  return candidate.imageUrl === null;
}

function newRecord(urlHash: string, position: number, candidate: Candidate): ImageRecord {
  return { urlHash, position, candidate, outcome: { status: 'found' } };
}
