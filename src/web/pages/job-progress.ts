import { durationText, sizeText } from '../../jobs/wording/amount-text.js';
import { engineReportText } from '../../jobs/wording/engine-wording.js';
import { allFoundText, untriedOf } from '../../jobs/wording/found-wording.js';
import { type Html, html } from '../../jobs/wording/html.js';
import type { Job } from '../../jobs/job.js';
import { STAGES } from '../../jobs/job-states.js';
import { STAGE_WORDING } from '../../jobs/wording/wording.js';
import { REJECTION_REASONS, rejectionLabel } from '../../jobs/rejection-reasons.js';
import { isShownTwice } from '../../validation/times/wall-time.js';
import { formatMoment } from './format.js';
import type { JobView } from './job-view.js';

/** Delay of a start that is mentioned, in milliseconds. */
const NOTABLE_DELAY_MS = 60_000;

/** The part of the page about a job that waits for its time, its turn or its next attempt. */
export function scheduledPart({ job, now }: JobView): Html {
  const restMs = job.dueAt - now;
  const lead = job.attempts > 0 ? 'Interrupted; tries again in' : 'Starts in';
  const clock =
    restMs > 0
      ? html`<p class="small">${lead}</p>
          <p class="clock"><span data-until="${iso(job.dueAt)}">${durationText(restMs, 'second')}</span></p>`
      : html`<p class="clock">Waiting for its turn</p>
          <p class="small">It starts as soon as a place is free.</p>`;
  return html`<div role="timer">${clock}</div>
    <dl class="facts">
      <div>
        <dt>Start</dt>
        <dd><time datetime="${iso(job.dueAt)}">${formatMoment(job.dueAt, job.request.timeZone)}</time></dd>
      </div>
      <div>
        <dt>Time zone</dt>
        <dd>${job.request.timeZone}</dd>
      </div>
    </dl>
    ${doubledNote(job)}`;
}

function doubledNote({ request, dueAt }: Job): Html | null {
  if (request.startsNow || dueAt !== request.dueAt || !isShownTwice(request.dueAt, request.timeZone))
    return null;
  return html`<p class="note warn">
    Clocks go back that night and show this time twice. The job starts at the first of the two.
  </p>`;
}

/** The part of the page about a running job; the script keeps it up to date. */
export function progressPart({ job }: JobView): Html {
  const { kept } = job.progress;
  const { count } = job.request;
  return html`${lateNote(job)}
    <ol class="steps" id="steps">
      ${STAGES.map((stage) => step(job, stage))}
    </ol>
    <div class="meter">
      <div class="meter-head">
        <strong><span id="kept">${kept}</span> of ${count}</strong>
        <span class="small"
          ><span id="counts">${allFoundText(job)}</span> ·
          <span id="bytes">${sizeText(job.progress.bytes)}</span></span
        >
      </div>
      <progress id="bar" max="${count}" value="${kept}" aria-label="Images kept">
        ${kept} of ${count}
      </progress>
    </div>
    ${enginesPart(job)} ${rejectedPart(job)}`;
}

/** The results of each engine and why it ended; the script adds and changes lines. */
export function enginesPart(job: Job): Html {
  const { engines } = job.progress;
  const untried = untriedOf(job);
  return html`<div id="engines" class="engines small" ${engines.length === 0 ? html`hidden` : null}>
    <p>Search engines</p>
    <ul>
      ${engines.map((report) => html`<li data-engine="${report.engine}">${engineReportText(report, untried)}</li>`)}
    </ul>
  </div>`;
}

function step({ stage: current }: Job, stage: (typeof STAGES)[number]): Html {
  const isDone = current !== null && STAGES.indexOf(stage) < STAGES.indexOf(current);
  const isCurrent = stage === (current ?? 'searching');
  return html`<li
    data-stage="${stage}"
    class="${isDone ? 'done' : ''}"
    ${isCurrent ? html`aria-current="step"` : null}
  >
    ${STAGE_WORDING[stage]}
  </li>`;
}

/**
 * The reasons of rejections with counts. All reasons are in the page, so that the script needs no wording;
 * reasons without a count are hidden.
 */
export function rejectedPart({ progress }: Job, isOpen = false): Html {
  const counts = REJECTION_REASONS.map((reason) => [reason, progress.rejected[reason] ?? 0] as const);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  const state = html`${total === 0 ? html`hidden` : null} ${isOpen ? html`open` : null}`;
  return html`<details id="rejected" ${state}>
    <summary><span id="rejected-total">${total}</span> not kept, and why</summary>
    <ul class="reasons">
      ${counts.map(
        ([reason, count]) =>
          html`<li data-reason="${reason}" ${count === 0 ? html`hidden` : null}>
            <b>${count}</b><span>${rejectionLabel(reason)}</span>
          </li>`,
      )}
    </ul>
  </details>`;
}

/** Says that a job began later than asked; null if it did not. */
export function lateNote({ startedAt, request }: Job): Html | null {
  const delayMs = (startedAt ?? request.dueAt) - request.dueAt;
  if (delayMs < NOTABLE_DELAY_MS) return null;
  return html`<p class="note warn">
    It started ${durationText(delayMs, 'second')} late, because the service was busy or not running at the
    time.
  </p>`;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
