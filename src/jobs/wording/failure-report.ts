import type { Instant } from '../clock.port.js';
import { type FailureCode, isRetried } from '../failure-codes.js';
import { engineReportTexts } from './engine-wording.js';
import { engineList } from './filter-wording.js';
import type { EngineReport, Job, ShortfallEntry } from '../job.js';
import { fullMinute, momentText } from './moment-text.js';
import { everyEngineWording, failureWording, type Wording } from './wording.js';
import { isRejectionReason } from '../rejection-reasons.js';

/** From when it may help to ask again. */
export interface AskAgain {
  /** A full minute. */
  readonly at: Instant;
  /** The sentence that ends with that time, e.g. `They can be asked again from`. */
  readonly lead: string;
}

/** Why a job failed, each thing said once. */
export interface FailureReport extends Wording {
  /** Where waiting helps; null: it can be tried at once, or waiting does not help. `next` is then what to do. */
  readonly askAgain: AskAgain | null;
  /** What each search engine says, where that is more than `what`. */
  readonly engines: readonly string[];
  /** Why images were rejected, with counts. */
  readonly rejections: readonly ShortfallEntry[];
}

/** Why `job` failed, with the search engines spoken of as one, as all, or as several with reasons of their own. */
export function failureReport(job: Job): FailureReport {
  const code = job.cause?.code ?? 'internal.unexpected';
  const { engines, found } = job.progress;
  const rejections = job.shortfall.filter(({ reason }) => isRejectionReason(reason));
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

/** What to do next in one sentence, with the time where waiting helps as people in `timeZone` say it. */
export function nextText({ next, askAgain: again }: FailureReport, timeZone: string): string {
  return again === null ? next : `${again.lead} ${momentText(again.at, timeZone)}.`;
}

/** Names the engines, since no line of their own does. */
function ofAll(code: FailureCode, engines: readonly EngineReport[]): string {
  const ofEvery = everyEngineWording(code);
  if (ofEvery === null) return failureWording(code).what;
  const what = engines.length === 1 ? failureWording(code).what : ofEvery;
  return what.replace(/\.$/, ` (${namesOf(engines)}).`);
}

/** An engine that may be asked at once leaves nothing to wait for; a new layout does not pass by itself. */
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
