import { type Html, html } from '../../jobs/wording/html.js';
import { isFinal } from '../../jobs/job-states.js';
import type { Job } from '../../jobs/job.js';
import { missingCount } from '../../jobs/request/follow-up.js';
import type { JobView } from './job-view.js';

/**
 * The actions for a job in its state. Actions that cannot be undone ask for confirmation, without a script.
 */
export function jobActions(view: JobView): Html {
  const { job, path } = view;
  const isOver = isFinal(job.state);
  return html`<div class="more">
    ${isOver ? repeatActions(view) : null} ${job.state === 'scheduled' ? waitingActions(view) : null}
    ${isOver ? null : confirmed(`${path}/cancel`, 'Cancel the job…', 'It stops and no more messages are sent.', 'Cancel it')}
    ${confirmed(
      `${path}/delete`,
      'Delete now…',
      'Images, records and your address are deleted at once, and the link stops working.',
      'Delete everything',
    )}
  </div>`;
}

function repeatActions({ job, path, againPath, laterAt, now }: JobView): Html {
  const isReady = job.state === 'ready';
  const isForLater = laterAt !== null && laterAt > now;
  return html`<div class="actions">
    ${goOnButtons(job, path)}
    ${postButton(`${path}/retry`, isReady ? 'The same again' : 'Try again', isReady || isForLater ? '' : 'primary')}
    <a class="button" href="${againPath}">Change and ask again</a>
    ${isReady && !job.extended ? postButton(`${path}/extend`, 'Keep it longer, once', '') : null}
  </div>`;
}

/** Buttons for more images than a ready job delivered, none of them again. */
function goOnButtons(job: Job, path: string): Html | null {
  if (job.state !== 'ready') return null;
  const missing = missingCount(job);
  return html`${missing === 0 ? null : postButton(`${path}/missing`, `Only the missing ${missing}`, '')}
  ${postButton(`${path}/next`, `The next ${job.request.count}`, '')}`;
}

/** The actions for a job that waits for its time, or for its next attempt. */
function waitingActions({ job, path, now }: JobView): Html {
  return html`<div class="actions">
    ${job.dueAt > now ? postButton(`${path}/start`, 'Start now', 'primary') : null}
    <a class="button" href="${path}/change">Change…</a>
    ${job.dueAt > now ? html`<a class="button" href="${path}/start.ics" download>Add to my calendar</a>` : null}
  </div>`;
}

/** A button that works without a script. @param look additional classes */
export function postButton(action: string, label: string, look: 'primary' | 'danger' | ''): Html {
  return html`<form method="post" action="${action}">
    <button class="button ${look}" type="submit">${label}</button>
  </form>`;
}

function confirmed(action: string, summary: string, consequence: string, label: string): Html {
  return html`<details>
    <summary>${summary}</summary>
    <div class="actions">
      <span>${consequence}</span>
      ${postButton(action, label, 'danger')}
    </div>
  </details>`;
}
