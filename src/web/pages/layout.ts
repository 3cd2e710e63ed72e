import type { Instant } from '../../jobs/clock.port.js';
import { type Html, html } from '../../jobs/wording/html.js';
import { type AssetName, assetPath } from '../asset-files.js';

/** Parts of a page. */
export interface PageParts {
  readonly title: string;
  readonly main: Html;
  readonly script?: AssetName;
  /** Seconds until a browser without scripts reloads the page; null for never. */
  readonly refreshSeconds?: number | null;
  /** The server's time, for pages with ticking times, since the reader's clock may be wrong. */
  readonly now?: Instant;
  /** Whether the page is wide, for many pictures. */
  readonly isWide?: boolean;
}

const LOGO = html`<svg
  viewBox="0 0 32 32"
  fill="none"
  stroke="currentColor"
  stroke-width="2.5"
  stroke-linejoin="round"
  stroke-linecap="round"
  aria-hidden="true"
>
  <rect x="3" y="8" width="21" height="20" rx="5" />
  <path d="M9 3.500h14.500a5 5 0 0 1 5 5V22M4 23.500l6-6 4.500 4.500 3-3 6 5.500" />
  <circle cx="17.500" cy="14" r="2" fill="currentColor" stroke="none" />
</svg>`;

/** Wraps the main part into a whole page. */
export function layout(page: PageParts): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <title>${page.title} · Image Job</title>
        <link rel="icon" href="${assetPath('icon.svg')}" type="image/svg+xml" />
        <link rel="stylesheet" href="${assetPath('style.css')}" />
        ${refresh(page.refreshSeconds ?? null)}${script(page.script)}
      </head>
      <body class="${page.isWide === true ? 'wide' : 'plain'}" data-now="${page.now ?? ''}">
        <a class="skip" href="#main">Skip to the content</a>
        <header class="bar"><a class="brand" href="/">${LOGO}Image Job</a><a href="/mine">My jobs</a></header>
        <main id="main" tabindex="-1">${page.main}</main>
        <footer class="foot">
          <span>Images, records and addresses are deleted when a link expires.</span>
          <a href="/api/docs">API</a>
        </footer>
      </body>
    </html>`;
}

function script(name: AssetName | undefined): Html | null {
  return name === undefined ? null : html`<script type="module" src="${assetPath(name)}"></script>`;
}

function refresh(seconds: number | null): Html | null {
  if (seconds === null) return null;
  return html`<noscript><meta http-equiv="refresh" content="${seconds}" /></noscript>`;
}
