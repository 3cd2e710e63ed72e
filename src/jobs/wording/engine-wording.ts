import { engineWording } from './filter-wording.js';
import { foundText, type Untried, untriedOf } from './found-wording.js';
import type { EngineReport, Job } from '../job.js';
import { failureWording } from './wording.js';

/** The results of one engine and why it gave no more, for programs and, in `message`, for people. */
export type WordedReport = Omit<EngineReport, 'restsUntil'> & {
  /** End of the engine's pause, RFC 3339 in UTC; absent: no pause. */
  readonly restsUntil?: string;
  readonly message: string;
};

/** Adds the message to a report. @param untried why other results were not tried */
export function wordedReport({ restsUntil, ...report }: EngineReport, untried: Untried): WordedReport {
  const rest = restsUntil === undefined ? {} : { restsUntil: new Date(restsUntil).toISOString() };
  return { ...report, ...rest, message: engineReportText(report, untried) };
}

/** The reports of the engines that a job asked, in order. */
export function engineReportTexts(job: Pick<Job, 'state' | 'request' | 'progress'>): string[] {
  return job.progress.engines.map((report) => engineReportText(report, untriedOf(job)));
}

/**
 * The results of one engine and why it gave no more, e.g. `Bing: 20 kept, 15 left out. It has no more
 * results.`
 */
export function engineReportText(report: EngineReport, untried: Untried): string {
  const { engine, found, end } = report;
  const counts = found === 0 ? null : foundText(report, untried);
  return `${engineWording(engine)}: ${[counts, endText(end, found)].filter((part) => part !== null).join('. ')}`;
}

function endText(end: EngineReport['end'], found: number): string | null {
  if (end === null) return found === 0 ? 'searching' : null;
  if (end === 'exhausted') return found === 0 ? 'It found nothing.' : 'It has no more results.';
  return failureWording(end).what;
}
