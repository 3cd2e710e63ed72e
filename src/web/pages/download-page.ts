import { countText, durationText, sizeText } from '../../jobs/wording/amount-text.js';
import { type Html, html } from '../../jobs/wording/html.js';
import { titleText } from '../../jobs/wording/what-text.js';
import type { JobView } from './job-view.js';
import { AWAY_NOTE } from './away-note.js';
import { formatMoment } from './format.js';
import { layout } from './layout.js';
import { thumbnails } from './thumbnails.js';

/** The page of the shared link: contents of the zip, time left, one button. */
export function downloadPage(view: Pick<JobView, 'job' | 'path' | 'archivePath' | 'images' | 'now'>): Html {
  const { job, path, archivePath, images, now } = view;
  const expiresAt = job.expiresAt ?? now;
  const until = new Date(expiresAt).toISOString();
  const main = html`${AWAY_NOTE}
    <div class="intro">
      <span class="eyebrow">${countText(job.delivered, 'image')}</span>
      <h1 class="query">${titleText(job.request)}</h1>
    </div>
    <section class="card" aria-label="Download">
      <div class="actions">
        <a class="button primary large" href="${archivePath}" download>
          Download the zip (${sizeText(job.archive?.bytes ?? 0)})
        </a>
      </div>
      <p class="small">
        The link expires in
        <span data-until="${until}" data-expires>${durationText(expiresAt - now, 'second')}</span>, on
        <time datetime="${until}">${formatMoment(expiresAt, job.request.timeZone)}</time>
        (${job.request.timeZone}). Each image may be protected: the zip names the page it comes from.
      </p>
    </section>
    ${thumbnails(images, path)}`;
  return layout({ title: titleText(job.request), main, script: 'job.js', now, isWide: true });
}
