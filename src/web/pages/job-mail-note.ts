import { type Html, html } from '../../jobs/wording/html.js';
import { isFinal } from '../../jobs/job-states.js';
import { maskAddress } from './format.js';
import type { JobView } from './job-view.js';

/**
 * Says which mails to expect, and to keep the page's address. It never tells whether an address refuses mail,
 * since strangers who typed the address see the page too. Null for a cancelled job, which sends nothing more.
 */
export function mailNote(view: JobView): Html | null {
  const { state } = view.job;
  if (state === 'cancelled') return null;
  const told = isFinal(state) ? null : whoIsTold(view);
  return html`<p class="note" id="mail"><span>${told} ${keepAddress(view)}</span></p>`;
}

function whoIsTold(view: JobView): Html {
  const address = emailOf(view);
  if (address === null)
    return html`You may close this window${isToldInChat(view) ? '; we’ll write to the chat' : ''}.`;
  const first = view.asksToConfirm
    ? 'If that address has not been confirmed here, a first mail asks for it; nothing else is sent before.'
    : null;
  return html`You may close this window${whatIsSent(view, maskAddress(address))}. ${first}`;
}

function whatIsSent({ mailWay }: JobView, address: string): Html {
  if (mailWay === 'sent') return html`; we’ll write to ${address}`;
  const none = '. No mail server is set here, so no mail is sent';
  if (mailWay === 'kept') return html`${none} to ${address}`;
  return html`${none}: what is for ${address} is kept under <a href="/mail">Mail</a>`;
}

function keepAddress(view: JobView): string {
  if (emailOf(view) !== null && view.mailWay === 'sent') return 'No mail arriving? Keep this page’s address.';
  if (isToldInChat(view)) return 'No message arriving? Keep this page’s address.';
  return 'Keep this page’s address: it is the only way back to the job.';
}

function emailOf({ job }: JobView): string | null {
  return job.request.recipients.find(({ channel }) => channel === 'email')?.address ?? null;
}

function isToldInChat({ job }: JobView): boolean {
  return job.request.recipients.some(({ channel }) => channel !== 'email');
}
