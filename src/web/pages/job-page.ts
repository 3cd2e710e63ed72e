import { countText } from '../../jobs/wording/amount-text.js';
import { type Html, html } from '../../jobs/wording/html.js';
import { isFinal } from '../../jobs/job-states.js';
import { isBroughtForward } from '../../jobs/job-steps.js';
import { titleText } from '../../jobs/wording/what-text.js';
import { STATE_WORDING } from '../../jobs/wording/wording.js';
import { askedFor } from './asked-for.js';
import { AWAY_NOTE } from './away-note.js';
import { formatMoment } from './format.js';
import { jobActions } from './job-actions.js';
import { endedPart } from './job-ended.js';
import { mailNote } from './job-mail-note.js';
import { progressPart, scheduledPart } from './job-progress.js';
import type { JobView } from './job-view.js';
import { layout } from './layout.js';
import { thumbnails } from './thumbnails.js';

const REFRESH_SECONDS = 5;

/** The asker's page of one job, with its state and actions. */
export function jobPage(view: JobView): Html {
  const { job } = view;
  const isOpen = !isFinal(job.state);
  const main = html`${AWAY_NOTE}
    <div
      class="job"
      id="job"
      data-state="${job.state}"
      data-version="${job.version}"
      data-count="${job.request.count}"
      data-due="${new Date(job.dueAt).toISOString()}"
      data-events="${isOpen ? `${view.path}/events` : ''}"
      data-thumbs="${view.path}/thumbs"
    >
      <div class="intro">
        <span class="badge ${job.state}">${STATE_WORDING[job.state]}</span>
        <h1 class="query" tabindex="-1">${titleText(job.request)}</h1>
        <p class="lead">${subtitle(view)}</p>
        ${askedFor(job)}
      </div>
      <section class="card" aria-label="State of the job">${body(view)} ${jobActions(view)}</section>
      ${mailNote(view)} ${pictures(view)}
    </div>
    <p class="visually-hidden" id="announcer" role="status"></p>`;
  return layout({
    title: `${STATE_WORDING[job.state]}: ${titleText(job.request)}`,
    main,
    script: 'job.js',
    now: view.now,
    refreshSeconds: isOpen ? REFRESH_SECONDS : null,
  });
}

function subtitle({ job }: JobView): string {
  const { count, timeZone, dueAt, startsNow } = job.request;
  const asked = `${countText(count, 'image')} asked for`;
  if (startsNow) return `${asked}, at once`;
  const early = isBroughtForward(job) ? '; started before that' : '';
  return `${asked}, for ${formatMoment(dueAt, timeZone)} (${timeZone})${early}`;
}

function body(view: JobView): Html {
  const { job } = view;
  if (job.state === 'scheduled') return scheduledPart(view);
  if (job.state === 'running') return progressPart(view);
  return endedPart(view);
}

/** Render the list even if it is empty, so that the script can add to it. */
function pictures({ job, images, path }: JobView): Html | null {
  if (job.state === 'cancelled' || job.state === 'failed' || job.state === 'scheduled') return null;
  return html`<section aria-labelledby="pictures-title" class="intro">
    <h2 id="pictures-title">Images kept</h2>
    ${thumbnails(images, path)}
  </section>`;
}
