import { Logger } from '@nestjs/common';
import { AppError } from '../jobs/app-error.js';
import { boundedCandidate } from '../jobs/candidate-facts.js';
import type { FoundCandidate } from '../scraping/found-candidate.js';
import type { EngineName } from '../engines/engines.js';
import { isRetried } from '../jobs/failure-codes.js';
import type { Job, JobId } from '../jobs/job.js';
import { queriesOf } from '../jobs/request/request-queries.js';
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

type SearchDependencies = Pick<
  RunDependencies,
  'sources' | 'settings' | 'missingEngines' | 'breaker' | 'searchPace'
>;

/**
 * Searches engine after engine for one query. The next one begins only when the one before has no more results, failed, is
 * left alone, is not set up here, or cannot honour the filters. The log notes why each engine ended; failures
 * are not thrown, since earlier results count.
 * @param index of the query in the request
 */
export async function* searchEngines(
  job: Job,
  index: number,
  deps: SearchDependencies,
  log: Pick<RunLog, 'noteEngineEnd'>,
  signal: AbortSignal,
): AsyncGenerator<readonly FoundCandidate[], void, void> {
  const { engines, filters, query: first } = job.request;
  const query = { text: queriesOf(job.request)[index]?.text ?? first, filters };
  const noteEnd = (engine: EngineName, failure: AppError | null): void =>
    log.noteEngineEnd(index, engine, failure);
  for (const name of engines.length > 0 ? engines : deps.settings.engines) {
    const source = sourceOf(name, deps);
    const obstacle = source === null ? missing(name, job, deps) : await obstacleTo(source, query, deps);
    if (source === null || obstacle !== null || hasNothing(source, query)) noteEnd(name, obstacle);
    else noteEnd(name, yield* searchOne(source, query, job.id, deps, signal));
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

/** @returns why the engine ended; null: it had no more results */
async function* searchOne(
  source: ImageSource,
  query: SearchQuery,
  jobId: JobId,
  { breaker, searchPace }: SearchDependencies,
  signal: AbortSignal,
): AsyncGenerator<readonly FoundCandidate[], AppError | null, void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await searchPace.turn(source.name, signal);
      const left = yield* fitting(source, query, signal);
      return left === null ? null : new AppError('source.none_fits', left);
    } catch (error) {
      signal.throwIfAborted();
      const failure = failureOf(source.name, error);
      logger.warn({ err: failure, jobId, engine: source.name, tries }, 'an engine ended early');
      if (isRetried(failure.code) && tries < TRIES_PER_ENGINE) continue;
      await breaker.noteFailure(source.name, failure);
      const rest = await breaker.whyLeftAlone(source.name);
      return rest === null ? failure : withRest(failure, rest);
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
