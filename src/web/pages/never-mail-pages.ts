import { type Html, html } from '../../jobs/wording/html.js';
import { messagePage } from './message-page.js';

/** Asks the owner of an address whether no more mail is wanted. @param token of the link in a mail */
export function neverMailPage(token: string): Html {
  const detail = 'No message from this service will go to your address any more, whoever asks for it.';
  return messagePage('No more mail?', detail, button(token, '', 'Never mail me again'));
}

/** Says that an address gets no more mail, and offers the way back. */
export function refusedMailPage(token: string): Html {
  const detail =
    'Your address is kept only as a fingerprint, so that it can be recognised and left alone. A job that is asked for with it sends no mail; its page does not say so.';
  return messagePage('You will get no more mail', detail, button(token, '/undo', 'Send me mail again'));
}

/** Says that an address gets mail again. */
export function allowedMailPage(token: string): Html {
  const detail = 'Messages go to your address again where it is given for a job. The fingerprint is deleted.';
  return messagePage('You get mail again', detail, button(token, '', 'Never mail me again'));
}

function button(token: string, path: '' | '/undo', label: string): Html {
  return html`<form method="post" action="/never-mail/${token}${path}">
    <button class="button primary large" type="submit">${label}</button>
  </form>`;
}
