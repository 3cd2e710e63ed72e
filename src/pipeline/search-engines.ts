import { Logger } from '@nestjs/common';
import { AppError } from '../jobs/app-error.js';
import { boundedCandidate } from '../jobs/candidate-facts.js';
import type { FoundCandidate } from '../scraping/found-candidate.js';
import type { EngineName } from '../engines/engines.js';
import { isRetried } from '../jobs/failure-codes.js';
import type { Job, JobId } from '../jobs/job.js';
import { isScriptFailure } from '../scraping/browser/webdriver-errors.js';
import { filtersHandledAs } from '../scraping/filter-support.js';
import type { ImageSource, SearchQuery } from '../scraping/image-source.port.js';
import { checkedSearch } from '../scraping/checked-search.js';
import { agreesWithFilters } from '../scraping/stated-facts.js';
import type { RunDependencies } from './run-dependencies.js';
import type { RunLog } from './run-log.js';

const logger = new Logger('searchEngines');

/** Searches of one engine per run, counting repeats after a temporary failure. */
const TRIES_PER_ENGINE = 2;

type SearchDependencies = Pick<RunDependencies, 'sources' | 'settings' | 'missingEngines' | 'breaker'>;

/**
 * Searches engine after engine. The next one begins only when the one before has no more results, failed, is
 * left alone, is not set up here, or cannot honour the filters. The log notes why each engine ended; failures
 * are not thrown, since earlier results count.
 */
export async function* searchEngines(
  job: Job,
  deps: SearchDependencies,
  log: Pick<RunLog, 'noteEngineEnd'>,
  signal: AbortSignal,
): AsyncGenerator<readonly FoundCandidate[], void, void> {
  const query = { text: job.request.query, filters: job.request.filters };
  const { engines } = job.request;
  for (const name of engines.length > 0 ? engines : deps.settings.engines) {
    const source = sourceOf(name, deps);
    const obstacle = source === null ? missing(name, job, deps) : await obstacleTo(source, query, deps);
    if (source === null || obstacle !== null || hasNothing(source, query)) log.noteEngineEnd(name, obstacle);
    else yield* searchOne(source, query, job.id, deps, log, signal);
  }
}

/**
 * A job may be older than the current ENGINES, or of another version. @returns null if there is no such
 * engine
 */
function sourceOf(name: EngineName, { sources, settings }: SearchDependencies): ImageSource | null {
  const isInUse = settings.engines.includes(name);
  return sources.find((source) => isInUse && source.name === name) ?? null;
}

function missing(engine: EngineName, { id }: Job, { missingEngines }: SearchDependencies): AppError {
  missingEngines.note(engine, id);
  return new AppError('source.not_available', { engine });
}

function hasNothing(source: ImageSource, { filters }: SearchQuery): boolean {
  return filtersHandledAs('hopeless', source.plan(filters).support).length > 0;
}

/** @returns why the engine must not be asked now, or null */
async function obstacleTo(
  source: ImageSource,
  { filters }: SearchQuery,
  { breaker }: SearchDependencies,
): Promise<AppError | null> {
  const unsupported = filtersHandledAs('unsupported', source.plan(filters).support);
  if (unsupported.length === 0) return breaker.whyLeftAlone(source.name);
  return new AppError('source.cannot_filter', { engine: source.name, filters: unsupported.join(',') });
}

async function* searchOne(
  source: ImageSource,
  query: SearchQuery,
  jobId: JobId,
  { breaker }: SearchDependencies,
  log: Pick<RunLog, 'noteEngineEnd'>,
  signal: AbortSignal,
): AsyncGenerator<readonly FoundCandidate[], void, void> {
  for (let tries = 1; ; tries += 1) {
    try {
      const left = yield* fitting(source, query, signal);
      return log.noteEngineEnd(source.name, left === null ? null : new AppError('source.none_fits', left));
    } catch (error) {
      signal.throwIfAborted();
      const failure = failureOf(source.name, error);
      logger.warn({ err: failure, jobId, engine: source.name, tries }, 'an engine ended early');
      if (isRetried(failure.code) && tries < TRIES_PER_ENGINE) continue;
      await breaker.noteFailure(source.name, failure);
      const rest = await breaker.whyLeftAlone(source.name);
      return log.noteEngineEnd(source.name, rest === null ? failure : withRest(failure, rest));
    }
  }
}

/** A failure with the time until which the engine is left alone for it. */
function withRest({ code, context, cause }: AppError, rest: AppError): AppError {
  return new AppError(code, { ...context, until: String(rest.context['until']) }, cause);
}

/** Any error in reading an answer is a failure of the engine that gave it. */
function failureOf(engine: EngineName, error: unknown): AppError {
  if (error instanceof AppError) return error;
  // The page was left while the script read it; another try may go well.
  const code = isScriptFailure(error) ? 'source.unreachable' : 'source.layout_changed';
  return new AppError(code, { engine, reason: 'unreadable' }, error);
}

/**
 * Yields the results of an engine with every stated fact bounded, without those that contradict the filters.
 * @returns the number of contradicting results if there were no others, else null
 */
async function* fitting(
  source: ImageSource,
  query: SearchQuery,
  signal: AbortSignal,
): AsyncGenerator<
  readonly FoundCandidate[],
  { readonly engine: EngineName; readonly found: number } | null,
  void
> {
  const { support } = source.plan(query.filters);
  let found = 0;
  let fit = 0;
  for await (const batch of checkedSearch(source, query, signal)) {
    const bounded = batch.map((candidate) => boundedCandidate(candidate));
    const good = bounded.filter((candidate) => agreesWithFilters(candidate, query.filters, support));
    found += batch.length;
    fit += good.length;
    yield good;
  }
  return found > 0 && fit === 0 ? { engine: source.name, found } : null;
}
