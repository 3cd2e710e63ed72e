import { type Html, html } from '../../jobs/wording/html.js';
import type { HttpProblem } from '../http/problem.js';
import { layout } from './layout.js';

const SYMBOL = html`<svg
  viewBox="0 0 48 48"
  fill="none"
  stroke="currentColor"
  stroke-width="2.5"
  stroke-linecap="round"
  stroke-linejoin="round"
  aria-hidden="true"
>
  <rect x="5" y="12" width="32" height="30" rx="7" stroke-dasharray="3 5" />
  <path d="M14 5.500h21.500a7 7 0 0 1 7 7V34" />
</svg>`;

/** A page with one message and a link back to the form. */
export function messagePage(
  title: string,
  detail: string,
  action: Html = startLink('Start a new job'),
): Html {
  const main = html`<section class="card hero">
    ${SYMBOL}
    <h1 tabindex="-1">${title}</h1>
    <p class="lead">${detail}</p>
    <div class="actions">${action}</div>
  </section>`;
  return layout({ title, main });
}

/**
 * The page for repeatedly refused forms. It is small, since a flood gets it hundreds of times a second, and
 * has no links, so that readers go back.
 */
export function refusedPage({ title, detail }: HttpProblem): Html {
  const main = html`<section class="card hero">
    <h1>${title}</h1>
    <p class="lead">${detail} Nothing is lost: the Back button of your browser gives back what you typed.</p>
  </section>`;
  return layout({ title, main });
}

/** The page of a request that failed. */
export function problemPage({ title, detail, status }: HttpProblem): Html {
  return messagePage(title, detail, startLink(status === 410 ? 'Start a new job' : 'Go to the form'));
}

function startLink(label: string): Html {
  return html`<a class="button primary" href="/">${label}</a>`;
}
