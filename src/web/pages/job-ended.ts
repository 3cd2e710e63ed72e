import { countText, durationText, sizeText } from '../../jobs/amount-text.js';
import { type Html, html } from '../../jobs/html.js';
import type { Job } from '../../jobs/job.js';
import { failureWording, shortfallWording } from '../../jobs/wording.js';
import { formatMoment } from './format.js';
import { lateNote } from './job-progress.js';
import type { JobView } from './job-view.js';

/** What is shown of a job that has ended. */
export function endedPart(view: JobView): Html {
  const { job } = view;
  if (job.state === 'ready') return readyPart(view);
  if (job.state === 'failed') return failedPart(view);
  return html`<p>The job was cancelled, and no more messages are sent.</p>
    <dl class="facts">${expiryFact(view)}</dl>`;
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
  const { what, next } = failureWording(view.job.cause?.code ?? 'internal.unexpected');
  return html`${lateNote(view.job)}
    <div class="note bad"><strong>${what}</strong><span>${next}</span></div>
    <dl class="facts">${expiryFact(view)}</dl>`;
}

function expiryFact({ job, now }: JobView): Html | null {
  if (job.expiresAt === null) return null;
  const until = new Date(job.expiresAt).toISOString();
  const label = job.state === 'ready' ? 'Link expires in' : 'Deleted in';
  return html`<div>
    <dt>${label}</dt>
    <dd>
      <span data-until="${until}">${durationText(job.expiresAt - now, 'second')}</span><br />
      <time class="small" datetime="${until}">${formatMoment(job.expiresAt, job.request.timeZone)}</time>
    </dd>
  </div>`;
}

/** Why there are fewer images than asked, with counts; null where there are not. */
export function shortfall({ shortfall: entries, delivered, request }: Job): Html | null {
  if (entries.length === 0) return null;
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
