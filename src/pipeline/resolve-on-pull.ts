import { Logger } from '@nestjs/common';
import { boundedUrl } from '../jobs/candidate-facts.js';
import type { ImageRecord } from '../jobs/image-record.js';
import type { FoundRecord } from './record-before-download.js';
import type { RunLog } from './run-log.js';

const logger = new Logger('resolveOnPull');

/**
 * Resolves the originals of records that came without one, each only when it is pulled. A record keeps its hash and its
 * position, and is stored before it goes on. If the engine does not show the original, the record goes on unchanged,
 * and its source page is searched instead.
 */
export async function* resolveOnPull(
  found: AsyncIterable<FoundRecord>,
  log: Pick<RunLog, 'onResolved'>,
  signal: AbortSignal,
): AsyncGenerator<ImageRecord, void, void> {
  for await (const one of found) yield await resolved(one, log, signal);
}

async function resolved(
  found: FoundRecord,
  log: Pick<RunLog, 'onResolved'>,
  signal: AbortSignal,
): Promise<ImageRecord> {
  const { record } = found;
  if (record.candidate.imageUrl !== null) return record;
  const original = await shownOriginal(found, signal);
  const imageUrl = boundedUrl(original?.imageUrl ?? null);
  if (original === null || imageUrl === null) return record;
  const changed = { ...record, candidate: { ...record.candidate, ...original, imageUrl } };
  await log.onResolved(changed);
  return changed;
}

async function shownOriginal(
  { record, resolve }: FoundRecord,
  signal: AbortSignal,
): ReturnType<NonNullable<FoundRecord['resolve']>> {
  try {
    return (await resolve?.()) ?? null;
  } catch (error) {
    signal.throwIfAborted();
    // The search itself meets the same trouble and reports it; this candidate can still be found on its page.
    const { engine } = record.candidate;
    logger.warn({ err: error, engine }, 'an engine could not be asked for an original');
    return null;
  }
}
