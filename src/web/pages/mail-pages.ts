import { type Html, html } from '../../jobs/wording/html.js';
import type { ShownMail } from '../mail/mailbox.js';
import { formatMoment } from './format.js';
import { layout } from './layout.js';

/** The list of kept notices. */
export function mailListPage(mails: readonly ShownMail[]): Html {
  const main = html`<div class="intro">
      <h1>Mail</h1>
      <p class="lead">
        No mail server is set, so messages are kept here instead of being sent. Only browsers on this machine
        see this page. Set <code>SMTP_URL</code> to send them.
      </p>
    </div>
    <section class="card" aria-label="Messages">${list(mails)}</section>`;
  return layout({ title: 'Mail', main });
}

function list(mails: readonly ShownMail[]): Html {
  if (mails.length === 0) return html`<p>There are no messages yet.</p>`;
  return html`<ul class="plain-list">
    ${mails.map(
      ({ name, subject, to, keptAt }) =>
        html`<li>
          <a href="/mail/${name}">${subject}</a>
          <span class="small">To ${to} · ${formatMoment(keptAt, 'UTC')} UTC</span>
        </li>`,
    )}
  </ul>`;
}

/** One notice, as HTML and as text. */
export function mailPage(mail: ShownMail): Html {
  const main = html`<div class="intro">
      <p><a href="/mail">All messages</a></p>
      <h1>${mail.subject}</h1>
    </div>
    <section class="card" aria-label="Message">
      <dl class="facts">
        <div>
          <dt>From</dt>
          <dd>${mail.from}</dd>
        </div>
        <div>
          <dt>To</dt>
          <dd>${mail.to}</dd>
        </div>
        <div>
          <dt>Kept</dt>
          <dd>${formatMoment(mail.keptAt, 'UTC')} UTC</dd>
        </div>
      </dl>
      <iframe
        src="/mail/${mail.name}/html"
        title="The message as mail programs show it"
        sandbox="allow-popups allow-popups-to-escape-sandbox"
      ></iframe>
      <details>
        <summary>As plain text</summary>
        <pre class="wrap" tabindex="0">${linked(mail.text)}</pre>
      </details>
      <p class="small"><a href="/mail/${mail.name}/source">Source of the message</a></p>
    </section>`;
  return layout({ title: mail.subject, main });
}

/** Turns web addresses in a text into links. */
function linked(text: string): readonly Html[] {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, index) => (index % 2 === 1 ? html`<a href="${part}">${part}</a>` : html`${part}`));
}
