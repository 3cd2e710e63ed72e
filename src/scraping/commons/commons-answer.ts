import { AppError } from '../../jobs/app-error.js';
import { type Refusal, waitContext } from '../json-api/api-failure.js';
import { bagIn, type Bag, plainIn } from '../shapes.js';

/** One answer of the MediaWiki API; a batch of results may take several. */
export interface CommonsAnswer {
  /** Pages of files as the API gives them, in any order. */
  readonly pages: readonly Bag[];
  /** The parameters of the next question; null: there are no more results. */
  readonly goOn: Readonly<Record<string, string>> | null;
  /** Whether the facts about the files of this batch are complete. */
  readonly isBatchDone: boolean;
}

/** The top-level keys of an answer without files; any other key means another kind of answer. */
const KNOWN = new Set([
  'batchcomplete',
  'continue',
  'query',
  'limits',
  'warnings',
  'curtimestamp',
  'servedby',
  'requestid',
  'uselang',
  'docref',
]);
/** The code goes to the log and to the record of the job. */
const MAX_CODE_LENGTH = 100;
/** Temporary overload. */
const BUSY = /^(maxlag|readonly|timeout|search-\S*|cirrussearch-\S*|internal_api_error\S*)$/;
const TOO_OFTEN = /^(ratelimited|toomany\S*|blocked|autoblocked|globalblock\S*)$/;

/** Reads an answer. @returns null for anything else */
export function readCommonsAnswer(json: unknown): CommonsAnswer | null {
  const answer = bagIn(json);
  const query = bagIn(answer?.['query']);
  if (answer === null) return null;
  if (bagIn(query?.['pages']) === null && !Array.isArray(query?.['pages']) && !isKnown(answer)) return null;
  const goOn = textsIn(answer['continue']);
  const isDone = 'batchcomplete' in answer;
  if (query === null && !isDone && goOn === null) return null;
  const pages: readonly unknown[] = Object.values(query?.['pages'] ?? {});
  return {
    pages: pages.map(bagIn).filter((page) => page !== null),
    goOn,
    isBatchDone: isDone || goOn === null || Object.keys(goOn).some(isOfSearch),
  };
}

/**
 * Finds the failure that an answer of the MediaWiki API states.
 * @see https://www.mediawiki.org/wiki/API:Errors_and_warnings
 */
export function failureInAnswer(json: unknown, { retryAfterMs }: Refusal): AppError | null {
  const error = bagIn(bagIn(json)?.['error']);
  if (error === null) return null;
  const code = plainIn(error['code'])?.slice(0, MAX_CODE_LENGTH) ?? 'unknown';
  const context = { engine: 'commons', reason: code, ...waitContext(retryAfterMs) };
  if (TOO_OFTEN.test(code)) return new AppError('source.blocked', context);
  return new AppError(BUSY.test(code) ? 'source.unreachable' : 'source.layout_changed', context);
}

/**
 * Merges the facts that several answers hold about the same files.
 * @returns each file once, in the order of the search
 */
export function mergePages(answers: readonly (readonly Bag[])[]): Bag[] {
  const merged = new Map<unknown, Bag>();
  for (const page of answers.flat()) {
    const id = page['pageid'] ?? page['title'];
    merged.set(id, { ...merged.get(id), ...page });
  }
  return [...merged.values()].toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** A file without an index comes last. */
function placeOf(page: Bag): number {
  const place = Number.parseInt(plainIn(page['index']) ?? '', 10);
  return Number.isNaN(place) ? Number.MAX_SAFE_INTEGER : place;
}

function isKnown(answer: Bag): boolean {
  return Object.keys(answer).every((name) => KNOWN.has(name));
}

/** A parameter of the search means that the batch before is complete. */
function isOfSearch(name: string): boolean {
  return name.startsWith('gsr');
}

function textsIn(value: unknown): Record<string, string> | null {
  const bag = bagIn(value);
  if (bag === null) return null;
  return Object.fromEntries(Object.entries(bag).map(([name, text]) => [name, plainIn(text) ?? '']));
}
