import { countText, durationText, sizeText } from '../../src/jobs/wording/amount-text.js';
import { engineReportTexts } from '../../src/jobs/wording/engine-wording.js';
import { failureReport } from '../../src/jobs/wording/failure-report.js';
import { leftOutOf } from '../../src/jobs/wording/found-wording.js';
import type { Instant } from '../../src/jobs/clock.port.js';
import type { Job } from '../../src/jobs/job.js';
import { isFinal } from '../../src/jobs/job-states.js';
import { missingCount } from '../../src/jobs/request/follow-up.js';
import type { Slot } from '../../src/jobs/notice.js';
import {
  inOneLine,
  queryReports,
  queryReportText,
  shortfallByReason,
} from '../../src/jobs/wording/query-reports.js';
import { whatText } from '../../src/jobs/wording/what-text.js';
import { shortfallWording, STAGE_WORDING, STATE_WORDING } from '../../src/jobs/wording/wording.js';
import { type Button, type Line, type Reply, textReply } from '../conversation/reply.js';

const MAX_REASONS = 3;

/** The subject of a job, e.g. `100 images of “red panda”`. */
export function whatOf({ request }: Job): string {
  return `${countText(request.count, 'image')} of ${whatText(request)}`;
}

/** The progress of an open job, e.g. `Downloading: 37 of 100 images, 12 left out`. */
export function progressText({ request, stage, state, progress }: Job): string {
  if (stage === null) return STATE_WORDING[state];
  const leftOut = leftOutOf(progress);
  const rest = leftOut === 0 ? '' : `, ${leftOut} left out`;
  return `${STAGE_WORDING[stage]}: ${progress.kept} of ${countText(request.count, 'image')}${rest}`;
}

/** The progress message, which is edited in place. Other people see it, so it contains no link. */
export function progressMessage(job: Job): Reply {
  if (isFinal(job.state))
    return textReply([{ bold: whatOf(job) }, ` – ${STATE_WORDING[job.state].toLowerCase()}`]);
  const again: Line = ['Interrupted; goes on ', { at: job.dueAt, timeZone: job.request.timeZone }];
  return {
    lines: [[{ bold: whatOf(job) }], job.state === 'scheduled' ? again : [progressText(job)]],
    buttons: [{ label: 'Cancel', action: 'cancel', jobId: job.id }],
  };
}

/** The progress message of a deleted job. */
export function goneMessage(): Reply {
  return textReply(['This job and everything it collected have been deleted.']);
}

/** The end message of a job that its asker deleted: without pictures and link. */
export function deletedMessage(job: Job): Reply {
  return textReply([{ bold: whatOf(job) }, ' – deleted.']);
}

/**
 * The message of a slot. Other people may see it, so it links the page to share and nothing private.
 * @param download address of the page to share
 */
export function noticeMessage(slot: Slot, job: Job, download: string, now: Instant): Reply {
  if (slot === 'end') return endMessage(job, download, now);
  return slot === 'error' ? errorMessage(job) : progressMessage(job);
}

function endMessage(job: Job, download: string, now: Instant): Reply {
  const { archive, delivered, expiresAt, request, shortfall } = job;
  const count =
    delivered < request.count
      ? `${delivered} of ${countText(request.count, 'image')}`
      : countText(delivered, 'image');
  const size = archive === null ? [] : [` ${sizeText(archive.bytes)}, one zip.`];
  return {
    lines: [
      [{ bold: `${count} of ${whatText(request)}` }, ' – ready.', ...size],
      ...bySearch(job),
      ...(shortfall.length === 0 ? [] : [[`Why there are fewer: ${reasonsOf(job)}.`]]),
      ...engineReportTexts(job).map((words): Line => [words]),
      [{ label: 'Download', url: download }, ...expiryOf(expiresAt, request.timeZone, now)],
    ],
    buttons: [
      { label: 'Open', url: download },
      ...goOnButtons(job),
      { label: 'Delete now', action: 'delete', jobId: job.id },
    ],
  };
}

function goOnButtons(job: Job): Button[] {
  const missing = missingCount(job);
  const jobId = job.id;
  return [
    ...(missing === 0 ? [] : [{ label: `Only the missing ${missing}`, action: 'missing', jobId } as const]),
    { label: `Next ${job.request.count}`, action: 'next', jobId },
    { label: 'Change…', action: 'change', jobId },
  ];
}

function errorMessage(job: Job): Reply {
  const { what, next, askAgain, engines } = failureReport(job);
  const { timeZone } = job.request;
  const then: Line = askAgain === null ? [next] : [`${askAgain.lead} `, { at: askAgain.at, timeZone }, '.'];
  return {
    lines: [
      [{ bold: whatOf(job) }, ' – did not work out.'],
      [`${what} `, ...then],
      ...engines.map((words): Line => [words]),
    ],
    buttons: [{ label: 'Retry', action: 'retry', jobId: job.id }],
  };
}

/** What was delivered of each of several searches. */
function bySearch(job: Job): Line[] {
  const texts = queryReports(job).map((report) => queryReportText({ ...report, shortfall: [] }));
  return texts.length === 0 ? [] : [[inOneLine(texts)]];
}

function expiryOf(expiresAt: Instant | null, timeZone: string, now: Instant): Line {
  if (expiresAt === null) return [];
  return [' until ', { at: expiresAt, timeZone }, ` (${durationText(Math.max(0, expiresAt - now))} left)`];
}

function reasonsOf({ shortfall }: Job): string {
  const most = shortfallByReason(shortfall)
    .toSorted((a, b) => b.count - a.count)
    .slice(0, MAX_REASONS);
  return most
    .map(({ reason, count }) => (count > 0 ? `${count} × ` : '') + shortfallWording(reason))
    .join(', ');
}
