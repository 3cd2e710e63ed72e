import { sizeText } from '../jobs/wording/amount-text.js';
import { isAppError } from '../jobs/app-error.js';
import { engineReportTexts } from '../jobs/wording/engine-wording.js';
import { failureReport, nextText } from '../jobs/wording/failure-report.js';
import { allFoundText } from '../jobs/wording/found-wording.js';
import type { FailureCode } from '../jobs/failure-codes.js';
import type { Job } from '../jobs/job.js';
import { momentText } from '../jobs/wording/moment-text.js';
import {
  queryReports,
  queryReportText,
  reasonText,
  shortfallByReason,
} from '../jobs/wording/query-reports.js';
import { failureWording } from '../jobs/wording/wording.js';
import type { DestinationRefused } from './destination.js';
import type { Trouble } from './results.js';

/** The trouble of a job that the person cancelled. */
export const CANCELLED: Trouble = { code: 'job.cancelled', title: 'Cancelled.', detail: '' };

/** Sums up the zip and the results that were found. */
export function summaryOf(job: Job): string {
  const size = job.archive === null ? '' : `, ${sizeText(job.archive.bytes)}`;
  return `${job.delivered} of ${job.request.count} images${size}: ${allFoundText(job)}.`;
}

/** Lists the results of each of several searches and of each engine, and the reasons for missing images. */
export function detailsOf(job: Job): string[] {
  const { engines, rejections } =
    job.state === 'failed'
      ? failureReport(job)
      : { engines: engineReportTexts(job), rejections: shortfallByReason(job.shortfall) };
  const reasons = rejections.map(reasonText);
  const searches = queryReports(job).map(queryReportText);
  return [...searches, ...engines, ...reasons].map((line) => `  ${line}`);
}

/** The reason why an ended job has no zip; null if it has one. */
export function jobTrouble(job: Job): Trouble | null {
  if (job.archive !== null) return null;
  if (job.state === 'cancelled') return CANCELLED;
  const report = failureReport(job);
  return {
    code: job.cause?.code ?? 'internal.unexpected',
    title: report.what,
    detail: nextText(report, job.request.timeZone),
  };
}

/** The reason why the zip of a successful job could not be delivered, and the path where it is kept. */
export function writingTrouble(refused: DestinationRefused, job: Job, archivePath: string | null): Trouble {
  const { expiresAt, request } = job;
  const until = expiresAt === null ? '' : ` until ${momentText(expiresAt, request.timeZone)}`;
  const kept = archivePath === null ? '' : ` The zip is kept as ${archivePath}${until}.`;
  return {
    code: refused.code,
    title: 'The zip was made, but could not be delivered:',
    detail: `${refused.message}${kept}`,
  };
}

/** Describes a failure of the records or of the system. */
export function troubleOf(error: unknown): Trouble {
  if (isAppError(error)) return failureTrouble(error.code);
  const title = error instanceof Error ? error.message : String(error);
  return { code: 'internal.unexpected', title, detail: '' };
}

function failureTrouble(code: FailureCode): Trouble {
  const { what, next } = failureWording(code);
  return { code, title: what, detail: next };
}
