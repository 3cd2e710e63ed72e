import { Logger } from '@nestjs/common';
import { AppError } from '../jobs/app-error.js';
import type { Candidate } from '../jobs/candidate.js';
import { isRetried } from '../jobs/failure-codes.js';
import type { Job, JobId } from '../jobs/job.js';
import type { ImageSource, SearchQuery } from '../scraping/image-source.port.js';
import type { Rooms } from './rooms.js';
import type { RunLog } from './run-log.js';

const logger = new Logger('searchEngines');

/** How often one engine is begun again in one run after a failure that may pass. */
const TRIES_PER_ENGINE = 2;

/**
 * Searches engine after engine, the next one only when the one before has no more or failed. Why an engine
 * ended is noted in the log; a failure is not thrown, since what was found before it counts.
 */
export async function* searchEngines(
  job: Job,
  rooms: Pick<Rooms, 'sources' | 'settings'>,
  log: Pick<RunLog, 'noteEngineEnd'>,
  signal: AbortSignal,
): AsyncGenerator<readonly Candidate[], void, void> {
  const query = { text: job.request.query, filters: job.request.filters };
  const { engines } = job.request;
  for (const name of engines.length > 0 ? engines : rooms.settings.engines) {
    const source = rooms.sources.find((candidate) => candidate.name === name);
    if (source !== undefined) yield* searchOne(source, query, job.id, log, signal);
  }
}

async function* searchOne(
  source: ImageSource,
  query: SearchQuery,
  jobId: JobId,
  log: Pick<RunLog, 'noteEngineEnd'>,
  signal: AbortSignal,
): AsyncGenerator<readonly Candidate[], void, void> {
  for (let tries = 1; ; tries += 1) {
    try {
      yield* source.search(query, signal);
      return log.noteEngineEnd(source.name, null);
    } catch (error) {
      signal.throwIfAborted();
      const failure = error instanceof AppError ? error : new AppError('internal.unexpected', {}, error);
      logger.warn({ err: failure, jobId, engine: source.name, tries }, 'an engine ended early');
      if (!isRetried(failure.code) || tries >= TRIES_PER_ENGINE)
        return log.noteEngineEnd(source.name, failure);
    }
  }
}
