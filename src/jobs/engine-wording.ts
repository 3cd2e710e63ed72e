import { engineWording } from './filter-wording.js';
import type { EngineReport } from './job.js';
import { failureWording } from './wording.js';

/** What one engine gave and why it gave no more, for programs and, in `message`, for people. */
export type WordedReport = EngineReport & { readonly message: string };

/** Adds the plain words to a report. */
export function wordedReport(report: EngineReport): WordedReport {
  return { ...report, message: engineReportText(report) };
}

/** What one engine gave and why it gave no more, e.g. `Bing: 20 kept of 35 found. It has no more results.` */
export function engineReportText({ engine, found, kept, end }: EngineReport): string {
  const counts = found === 0 ? null : `${kept} kept of ${found} found`;
  return `${engineWording(engine)}: ${[counts, endText(end, found)].filter((part) => part !== null).join('. ')}`;
}

function endText(end: EngineReport['end'], found: number): string | null {
  if (end === null) return found === 0 ? 'searching' : null;
  if (end === 'exhausted') return found === 0 ? 'It found nothing.' : 'It has no more results.';
  return failureWording(end).what;
}
