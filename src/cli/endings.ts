import { durationText, sizeText } from '../jobs/amount-text.js';
import { isAppError } from '../jobs/app-error.js';
import type { EngineName } from '../jobs/candidate.js';
import type { Instant } from '../jobs/clock.port.js';
import { engineReportText } from '../jobs/engine-wording.js';
import type { FailureCode } from '../jobs/failure-codes.js';
import { engineWording } from '../jobs/filter-wording.js';
import type { Job } from '../jobs/job.js';
import { momentText } from '../jobs/moment-text.js';
import { failureWording, shortfallWording } from '../jobs/wording.js';
import type { DestinationRefused } from './destination.js';
import { countsText } from './progress-line.js';
import type { Trouble } from './results.js';

/** An engine that is left alone for now. */
export interface EngineRest {
  readonly engine: EngineName;
  readonly until: Instant;
}

/** The person wanted no more. */
export const CANCELLED: Trouble = { code: 'job.cancelled', title: 'Cancelled.', detail: '' };

/** What is in the zip, and what became of all that was found. */
export function summaryOf(job: Job): string {
  const size = job.archive === null ? '' : `, ${sizeText(job.archive.bytes)}`;
  return `${job.delivered} of ${job.request.count} images${size}: ${countsText(job.progress)}.`;
}

/** What each engine gave, and why there are fewer images than asked for. */
export function detailsOf(job: Job): string[] {
  return [
    ...job.progress.engines.map((report) => `  ${engineReportText(report)}`),
    ...job.shortfall.map(({ reason, count }) => `  ${count} × ${shortfallWording(reason)}`),
  ];
}

/** When an engine can be asked again, as the asker's clock shows it. */
export function restText({ engine, until }: EngineRest, now: Instant, { request }: Job): string {
  const wait = durationText(until - now);
  return `${engineWording(engine)} can be asked again in ${wait}: ${momentText(until, request.timeZone)}.`;
}

/** Why a job that has ended has no zip; null: it has one. */
export function jobTrouble({ state, archive, cause }: Job): Trouble | null {
  if (archive !== null) return null;
  if (state === 'cancelled') return CANCELLED;
  return failureTrouble(cause?.code ?? 'internal.unexpected');
}

/** Why the zip of a job that went well is not where it was asked for, and where it is. */
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

/** What is known of a failure of the records or of the system. */
export function troubleOf(error: unknown): Trouble {
  if (isAppError(error)) return failureTrouble(error.code);
  const title = error instanceof Error ? error.message : String(error);
  return { code: 'internal.unexpected', title, detail: '' };
}

function failureTrouble(code: FailureCode): Trouble {
  const { what, next } = failureWording(code);
  return { code, title: what, detail: next };
}
