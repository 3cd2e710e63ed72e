import { createHash } from 'node:crypto';
import type { Candidate } from '../jobs/candidate.js';
import type { ImageRecord } from '../jobs/image-record.js';
import type { RunLog } from './run-log.js';

/**
 * Puts every found link into the records before it may be downloaded.
 * @param batches what the engines find, pulled only when more is wanted
 * @param known facts of an earlier run: those without an outcome come first, none comes twice
 * @returns records in the order found, each stored
 */
export async function* recordBeforeDownload(
  batches: AsyncIterable<readonly Candidate[]>,
  known: readonly ImageRecord[],
  log: Pick<RunLog, 'recordFound'>,
): AsyncGenerator<ImageRecord, void, void> {
  const seen = new Set(known.map((record) => record.urlHash));
  let position = known.reduce((next, record) => Math.max(next, record.position + 1), 0);

  yield* known.filter((record) => record.outcome.status === 'found');
  for await (const batch of batches) {
    const fresh: ImageRecord[] = [];
    for (const candidate of batch) {
      const urlHash = hashOf(candidate);
      if (seen.has(urlHash)) continue;
      seen.add(urlHash);
      fresh.push({ urlHash, position, candidate, outcome: { status: 'found' } });
      position += 1;
    }
    await log.recordFound(fresh);
    yield* fresh;
  }
}

/** 32 hex digits of sha256 over the image's address, or over engine and source id where it is not known yet. */
function hashOf({ imageUrl, engine, sourceId }: Candidate): string {
  const identity = imageUrl ?? `${engine}\n${sourceId}`;
  return createHash('sha256').update(identity).digest('hex').slice(0, 32);
}
