import { countText, durationText, sizeText } from '../../jobs/wording/amount-text.js';
import { type Html, html } from '../../jobs/wording/html.js';
import { type FailureReport, failureReport } from '../../jobs/wording/failure-report.js';
import { allFoundText } from '../../jobs/wording/found-wording.js';
import type { Job } from '../../jobs/job.js';
import { isRejectionReason } from '../../jobs/rejection-reasons.js';
import { shortfallByReason } from '../../jobs/wording/query-reports.js';
import { shortfallWording } from '../../jobs/wording/wording.js';
import { formatMoment } from './format.js';
import { postButton } from './job-actions.js';
import { enginesPart, lateNote, rejectedPart } from './job-progress.js';
import type { JobView } from './job-view.js';

/** The part of the page about an ended job. */
export function endedPart(view: JobView): Html {
  const { job } = view;
  if (job.state === 'ready') return html`${readyPart(view)} ${reasons(job)}`;
  if (job.state === 'failed') return failedPart(view);
  return html`<p>The job was cancelled, and no more messages are sent.</p>
    <dl class="facts">${expiryFact(view)}</dl>
    ${reasons(job)}`;
}

function reasons(job: Job): Html {
  return html`${shortfall(job)} ${enginesPart(job)} ${rejectedPart(job, job.shortfall.length > 0)}`;
}

function readyPart(view: JobView): Html {
  const { job, archivePath, downloadUrl } = view;
  return html`${lateNote(job)}
    <dl class="facts">
      <div>
        <dt>Delivered</dt>
        <dd>${countText(job.delivered, 'image')}</dd>
      </div>
      <div>
        <dt>Size</dt>
        <dd>${sizeText(job.archive?.bytes ?? 0)}</dd>
      </div>
      ${expiryFact(view)}
      <div>
        <dt>Search results</dt>
        <dd>${allFoundText(job)}</dd>
      </div>
    </dl>
    <div class="actions">
      <a class="button primary large" href="${archivePath}" download>Download the zip</a>
    </div>
    <div class="field">
      <label for="share">Link to share</label>
      <span class="hint" id="share-hint">Shows and gives the images, but no control over this job.</span>
      <input
        class="share"
        id="share"
        type="text"
        readonly
        value="${downloadUrl}"
        aria-describedby="share-hint"
      />
    </div>`;
}

function failedPart(view: JobView): Html {
  const { job } = view;
  const report = failureReport(job);
  return html`${lateNote(job)}
    <div class="note bad"><strong>${report.what}</strong><span>${nextStep(report, job)}</span></div>
    ${laterButton(view)}
    <dl class="facts">${expiryFact(view)}</dl>
    ${report.engines.length === 0 ? null : enginesPart(job)} ${rejectedPart(job, true)}`;
}

function nextStep({ next, askAgain }: FailureReport, { request: { timeZone } }: Job): Html {
  if (askAgain === null) return html`${next}`;
  const at = new Date(askAgain.at).toISOString();
  return html`${askAgain.lead}
    <time datetime="${at}">${formatMoment(askAgain.at, timeZone)}</time> (${timeZone}).`;
}

function laterButton({ job, path, laterAt, now }: JobView): Html | null {
  if (laterAt === null || laterAt <= now) return null;
  const label = `Ask again on ${formatMoment(laterAt, job.request.timeZone)}`;
  return html`<div class="actions">${postButton(`${path}/retry-later`, label, 'primary')}</div>`;
}

function expiryFact({ job, now }: JobView): Html | null {
  if (job.expiresAt === null) return null;
  const until = new Date(job.expiresAt).toISOString();
  const label = job.state === 'ready' ? 'Link expires in' : 'Deleted in';
  return html`<div>
    <dt>${label}</dt>
    <dd>
      <span data-until="${until}" data-expires>${durationText(job.expiresAt - now, 'second')}</span><br />
      <time class="small" datetime="${until}">${formatMoment(job.expiresAt, job.request.timeZone)}</time>
    </dd>
  </div>`;
}

/** Says that there are fewer images than asked, and why the search ended; null if there are enough. */
function shortfall({ shortfall: counted, delivered, request, progress }: Job): Html | null {
  if (counted.length === 0) return null;
  // Another part of the page lists the rejections.
  const entries = shortfallByReason(counted).filter(
    ({ reason }) => !isRejectionReason(reason) || (progress.rejected[reason] ?? 0) === 0,
  );
  const lines = entries.map(
    ({ reason, count }) =>
      html`<li><b>${count > 0 ? count : '–'}</b><span>${shortfallWording(reason)}</span></li>`,
  );
  return html`<div class="note warn">
    <strong>${delivered} of ${request.count} could be delivered</strong>
    <ul class="reasons">
      ${lines}
    </ul>
  </div>`;
}
