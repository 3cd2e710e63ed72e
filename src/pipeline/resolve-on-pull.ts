import { Logger } from '@nestjs/common';
import type { ImageRecord } from '../jobs/image-record.js';
import type { OriginalResolvers } from '../scraping/original-resolvers.js';
import type { RunLog } from './run-log.js';

const logger = new Logger('resolveOnPull');

/**
 * Asks the open search for the originals of candidates that came without one, each only when it is pulled. A
 * record keeps its hash and its place, and is stored before it goes on; what the engine does not show goes on as
 * it is, for the source page to be searched.
 */
export async function* resolveOnPull(
  records: AsyncIterable<ImageRecord>,
  resolvers: Pick<OriginalResolvers, 'resolve'>,
  log: Pick<RunLog, 'onResolved'>,
  signal: AbortSignal,
): AsyncGenerator<ImageRecord, void, void> {
  for await (const record of records) yield await resolved(record, resolvers, log, signal);
}

async function resolved(
  record: ImageRecord,
  resolvers: Pick<OriginalResolvers, 'resolve'>,
  log: Pick<RunLog, 'onResolved'>,
  signal: AbortSignal,
): Promise<ImageRecord> {
  if (record.candidate.imageUrl !== null) return record;
  const original = await shown(record, resolvers, signal);
  if (original === null) return record;
  const changed = { ...record, candidate: { ...record.candidate, ...original } };
  await log.onResolved(changed);
  return changed;
}

async function shown(
  { candidate }: ImageRecord,
  resolvers: Pick<OriginalResolvers, 'resolve'>,
  signal: AbortSignal,
): ReturnType<OriginalResolvers['resolve']> {
  try {
    return await resolvers.resolve(candidate);
  } catch (error) {
    signal.throwIfAborted();
    // The search itself will meet the same trouble, and says so; this candidate has another way left.
    logger.warn({ err: error, engine: candidate.engine }, 'an engine could not be asked for an original');
    return null;
  }
}
