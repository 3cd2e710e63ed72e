import type { EngineName } from '../../engines/engines.js';
import { type Html, html } from '../../jobs/wording/html.js';
import type { PublicJobId } from '../../jobs/job-tokens.js';
import type { Wording } from '../../jobs/wording/wording.js';
import { EMAIL_GRAMMAR } from '../../jobs/request/email-grammar.js';
import { MAX_QUERY_LENGTH } from '../../jobs/request/main-fields.js';
import { REQUEST_FIELDS } from '../../jobs/request/request-fields.js';
import { PROBLEM_WORDING } from '../../validation/problem-wording.js';
import { OLDER_ZONE_NAMES } from '../../validation/times/time-zones.js';
import { field, type FieldState, inputType, problemSummary } from './form-fields.js';
import { listFields } from './list-fields.js';
import { layout } from './layout.js';
import type { MailWay } from './job-view.js';
import { moreFields } from './more-fields.js';
import type { TimeZoneOptions } from './time-zone-options.js';

/** Data of the form page. */
export interface FormView extends FieldState {
  /** Makes repeated sends of the form one job. */
  readonly nonce: string;
  /** Public id of the scheduled job that the form replaces; null: none. */
  readonly replaces: PublicJobId | null;
  readonly zones: TimeZoneOptions;
  readonly maxImages: number;
  /** Most images of all searches of a list together. */
  readonly maxJobImages: number;
  /** How far ahead a job may be scheduled, in milliseconds. */
  readonly maxAheadMs: number;
  /** The engines of this installation, in the operator's order. */
  readonly engines: readonly EngineName[];
  /** Whether a first mail asks an address before it gets any notice. */
  readonly asksToConfirm: boolean;
  readonly mailWay: MailWay;
  /** Shown above the form: why the request was refused, or the origin of the filled-in values. */
  readonly notice: (Wording & { readonly isBad: boolean }) | null;
}

/** The form on which people ask for images. */
export function formPage(view: FormView): Html {
  const title = view.problems.length > 0 ? 'Please check your request' : 'Collect images';
  const main = html`<div class="intro">
      <h1>Collect images</h1>
      <p class="lead">
        Say what you are looking for and when to start. The images are searched, checked and zipped. You can
        close the window meanwhile: the link ${view.mailWay === 'sent' ? 'comes by e-mail, and it ' : ''}is on
        the job’s page.
      </p>
    </div>
    ${notice(view)} ${problemSummary(view.problems)} ${form(view)}`;
  return layout({ title, main, script: 'form.js' });
}

function notice({ notice: shown }: FormView): Html | null {
  if (shown === null) return null;
  const role = shown.isBad ? 'alert' : 'status';
  return html`<div class="note${shown.isBad ? ' bad' : ''}" role="${role}">
    <strong>${shown.what}</strong><span>${shown.next}</span>
  </div>`;
}

function form(view: FormView): Html {
  const { nonce, replaces, maxImages, maxAheadMs } = view;
  return html`<form
    class="card"
    id="job-form"
    method="post"
    action="/jobs"
    data-max-images="${maxImages}"
    data-max-query-length="${MAX_QUERY_LENGTH}"
    data-email-name="${EMAIL_GRAMMAR.dottedName}"
    data-encoded-word="${EMAIL_GRAMMAR.encodedWord}"
    data-max-ahead-ms="${maxAheadMs}"
    data-wording="${JSON.stringify(PROBLEM_WORDING)}"
  >
    <input type="hidden" name="nonce" value="${nonce}" />
    ${replaces === null ? null : html`<input type="hidden" name="replaces" value="${replaces}" />`}
    ${queryField(view)} ${listFields(view, view.maxJobImages)} ${whenFields(view)}
    <div class="row count-email">${countField(view)} ${emailField(view)}</div>
    ${moreFields(view, view.engines)}
    <div class="actions">
      <button class="button primary large" type="submit" data-now="Start now" data-later="Schedule">
        Start the job
      </button>
    </div>
  </form>`;
}

function queryField(view: FormView): Html {
  return field(view, {
    name: 'query',
    control: (ties) =>
      html`<input
        ${ties}
        class="big"
        type="text"
        value="${view.values.query}"
        autocomplete="off"
        enterkeyhint="next"
        placeholder="red panda in the snow"
      />`,
  });
}

function whenFields(view: FormView): Html {
  const { date, time, timeZone } = view.values;
  return html`<fieldset class="sunk">
    <legend>When should it start?</legend>
    <p class="hint" id="when" aria-live="polite">Leave date and time empty to start now.</p>
    <div class="row when">
      ${field(view, {
        name: 'date',
        control: (ties) => html`<input ${ties} type="${inputType('date', date)}" value="${date}" />`,
      })}
      ${field(view, {
        name: 'time',
        control: (ties) => html`<input ${ties} type="${inputType('time', time)}" value="${time}" />`,
      })}
      ${field(view, {
        name: 'timeZone',
        control: (ties) =>
          html`<select ${ties} data-older-names="${OLDER_ZONE_NAMES.join(' ')}">
            ${view.zones.choosing(timeZone)}
          </select>`,
      })}
    </div>
  </fieldset>`;
}

function countField(view: FormView): Html {
  const { count } = view.values;
  return field(view, {
    name: 'count',
    hint: `1 to ${view.maxImages}`,
    control: (ties) =>
      html`<input
        ${ties}
        type="${inputType('number', count)}"
        inputmode="numeric"
        min="1"
        max="${view.maxImages}"
        step="1"
        required
        value="${count}"
      />`,
  });
}

function emailField(view: FormView): Html {
  return field(view, {
    name: 'email',
    hint: emailHint(view),
    control: (ties) =>
      html`<input
        ${ties}
        type="email"
        value="${view.values.email}"
        autocomplete="email"
        spellcheck="false"
        placeholder="${REQUEST_FIELDS.email.example}"
      />`,
  });
}

function emailHint({ mailWay, asksToConfirm }: FormView): Html {
  if (mailWay !== 'sent')
    return html`No mail server is set here, so no mail is
    sent${mailWay === 'kept_to_read' ? keptMails : null}.
    ${asksToConfirm ? 'A first mail asks you to confirm it. ' : null}Keep the address of the job’s page.`;
  const told = asksToConfirm
    ? 'A first mail asks you to confirm it; then you hear from us at the start and at the end.'
    : 'You hear from us at the start and at the end, then it is deleted.';
  return html`${told} You may leave it empty: then keep the address of the job’s page.`;
}

const keptMails = html`: messages are kept under <a href="/mail">Mail</a>`;
