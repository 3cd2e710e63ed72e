import type { Instant } from '../clock.port.js';
import { type FailureCode, isRetried } from '../failure-codes.js';
import { engineReportTexts } from './engine-wording.js';
import { engineList } from './filter-wording.js';
import type { EngineReport, Job, ShortfallEntry } from '../job.js';
import { fullMinute, momentText } from './moment-text.js';
import { shortfallByReason } from './query-reports.js';
import { everyEngineWording, failureWording, type Wording } from './wording.js';
import { isRejectionReason } from '../rejection-reasons.js';

/** The time from which another try may help. */
export interface AskAgain {
  /** A full minute. */
  readonly at: Instant;
  /** The beginning of the sentence that ends with `at`, e.g. `They can be asked again from`. */
  readonly lead: string;
}

/** Why a job failed, without repetitions. */
export interface FailureReport extends Wording {
  /** Set if waiting helps; null: see `next`, since a try at once is possible or waiting does not help. */
  readonly askAgain: AskAgain | null;
  /** A line for each search engine, if this says more than `what`. */
  readonly engines: readonly string[];
  /** Why images were rejected, with counts. */
  readonly rejections: readonly ShortfallEntry[];
}

/**
 * Explains the failure of `job`, wording its engines as one, as all, or as several with different reasons.
 */
export function failureReport(job: Job): FailureReport {
  const code = job.cause?.code ?? 'internal.unexpected';
  const { engines, found } = job.progress;
  const rejections = shortfallByReason(job.shortfall).filter(({ reason }) => isRejectionReason(reason));
  const isOfSearch = found === 0 && engines.some(({ end }) => end === code);
  if (!isOfSearch)
    return { ...failureWording(code), askAgain: null, engines: engineReportTexts(job), rejections };
  const isOfAll = engines.every(({ end }) => end === code);
  return {
    what: isOfAll ? ofAll(code, engines) : 'None of the search engines gave any images.',
    next: failureWording(code).next,
    askAgain: askAgain(engines),
    engines: isOfAll ? [] : engineReportTexts(job),
    rejections,
  };
}

/** The next step in one sentence; if waiting helps, with the time in `timeZone`. */
export function nextText({ next, askAgain: again }: FailureReport, timeZone: string): string {
  return again === null ? next : `${again.lead} ${momentText(again.at, timeZone)}.`;
}

/** Names the engines, for reports without a line for each engine. */
function ofAll(code: FailureCode, engines: readonly EngineReport[]): string {
  const ofEvery = everyEngineWording(code);
  if (ofEvery === null) return failureWording(code).what;
  const what = engines.length === 1 ? failureWording(code).what : ofEvery;
  return what.replace(/\.$/, ` (${namesOf(engines)}).`);
}

/** If one engine can be asked at once, waiting is not needed; a new layout does not pass by waiting. */
function askAgain(engines: readonly EngineReport[]): AskAgain | null {
  const resting = engines.filter(
    ({ end, restsUntil }) => restsUntil !== undefined && end !== 'source.layout_changed',
  );
  const canAskNow = engines.some(({ end, restsUntil }) => restsUntil === undefined && mayPass(end));
  if (resting.length === 0 || canAskNow) return null;
  const first = Math.min(...resting.map(({ restsUntil = Infinity }) => restsUntil));
  const at = fullMinute(first);
  const free = resting.filter(({ restsUntil = Infinity }) => restsUntil <= at);
  return { at, lead: `${subjectOf(free, engines)} can be asked again from` };
}

function subjectOf(some: readonly EngineReport[], all: readonly EngineReport[]): string {
  if (some.length < all.length) return namesOf(some);
  return all.length === 1 ? 'It' : 'They';
}

function namesOf(engines: readonly EngineReport[]): string {
  return engineList(engines.map(({ engine }) => engine));
}

function mayPass(end: EngineReport['end']): boolean {
  return end !== null && end !== 'exhausted' && isRetried(end);
}
