import { engineList, filterPhrases, outputPhrases } from '../../jobs/wording/filter-wording.js';
import { type Html, html } from '../../jobs/wording/html.js';
import type { Job } from '../../jobs/job.js';

/** The filters, engines and zip options of a job in plain words; null if there are none. */
export function askedFor({ request }: Job): Html | null {
  const facts = [
    ['Only', filterPhrases(request.filters).join(', ')],
    ['Engines', engineList(request.engines)],
    ['Files', outputPhrases(request.output ?? {}).join(', ')],
  ].filter(([, words]) => words !== '');
  if (facts.length === 0) return null;
  return html`<ul class="asked">
    ${facts.map(([label = '', words = '']) => html`<li><b>${label}:</b> ${words}</li>`)}
  </ul>`;
}
