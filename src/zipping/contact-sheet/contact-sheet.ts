import { createHash } from 'node:crypto';
import { countText } from '../../jobs/wording/amount-text.js';
import type { WordedReport } from '../../jobs/wording/engine-wording.js';
import { Html, html } from '../../jobs/wording/html.js';
import { CONTACT_SHEET_STYLE } from './contact-sheet-style.js';
import type { Manifest, ManifestFile } from '../manifest.js';
import { manifestTitle } from '../manifest-queries.js';
import { fileLink } from './file-link.js';
import { missing, pictures, QUERY_SECTIONS_STYLE, queryLinks } from './query-sections.js';
import { SIZE_FILTER_STYLE, sizeFilter, sizeOf } from './size-filter.js';
import { UNPACK_FIRST_STYLE, unpackFirst } from './unpack-first.js';

const SHEET_STYLE = CONTACT_SHEET_STYLE + QUERY_SECTIONS_STYLE + SIZE_FILTER_STYLE + UNPACK_FIRST_STYLE;

/** Allows only the sheet's own style and the pictures beside it: no scripts and no requests. */
const POLICY = [
  "default-src 'none'",
  "img-src 'self' file:",
  "object-src 'self' file:",
  `style-src 'sha256-${createHash('sha256').update(SHEET_STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

// In one piece, since another space in it would change the hash in the policy.
const STYLE = new Html(`<style>${SHEET_STYLE}</style>`);

/** Stands for the pictures in the page. */
const PICTURES = new Html('<!-- pictures -->');

/**
 * A page with every picture of the archive and its source; opens offline from the disk.
 * @returns the page in parts, since it is long for a large job
 */
export function* contactSheet(manifest: Manifest): Generator<string, void, void> {
  const [before = '', after = ''] = pageOf(manifest).source.split(PICTURES.source);
  yield before;
  yield* pictures(manifest, figure);
  yield after;
}

function pageOf(manifest: Manifest): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${manifestTitle(manifest)}: ${countOf(manifest)}</title>
        ${STYLE}
      </head>
      <body>
        <header>
          ${unpackFirst(manifest.files)}
          <h1><bdi>${manifestTitle(manifest)}</bdi></h1>
          <p>
            ${countOf(manifest)}${manifest.delivered < manifest.askedFor ? ` of ${manifest.askedFor} asked for` : ''},
            packed ${dateOf(manifest.packedAt)}. Details of every file:
            <a href="manifest.csv">manifest.csv</a>, <a href="manifest.json">manifest.json</a>.
          </p>
          ${missing(manifest.shortfall)} ${searched(manifest.engines)} ${queryLinks(manifest)}
        </header>
        ${sizeFilter(manifest.files)} ${PICTURES}
        <footer>
          <p>
            The pictures belong to their authors. Licences are hints given by the search engine, not proofs:
            check the page of a picture before you use it.
          </p>
          <p>
            A spreadsheet that is set to semicolons, as in much of Europe, opens manifest.csv as one column.
            Import the file there instead of opening it (Excel: Data, From Text/CSV) and choose the comma and
            UTF-8.
          </p>
        </footer>
      </body>
    </html> `;
}

function countOf({ delivered }: Manifest): string {
  return countText(delivered, 'image');
}

function dateOf(instant: string): string {
  return `${instant.slice(0, 16).replace('T', ' ')} UTC`;
}

function searched(engines: readonly WordedReport[]): Html | null {
  if (engines.length === 0) return null;
  return html`<details>
    <summary>What each search engine gave</summary>
    <ul>
      ${engines.map(({ message }) => html`<li>${message}</li>`)}
    </ul>
  </details>`;
}

function figure(file: ManifestFile): Html {
  return html`<figure class="${sizeOf(file)}">
    <a class="picture" href="${fileLink(file.file)}"
      ><img
        src="${fileLink(file.file)}"
        alt="${file.title ?? ''}"
        width="${file.width}"
        height="${file.height}"
        loading="lazy"
    /></a>
    <figcaption>
      <strong dir="auto">${file.title ?? file.file}</strong>
      <span>${source(file)} · <bdi class="size">${file.width} × ${file.height}</bdi></span>
      ${preview(file)} ${licence(file)} ${changes(file)} ${credit(file)}
    </figcaption>
  </figure> `;
}

function source(file: ManifestFile): Html {
  return link(file.page, file.site ?? hostOf(file.page) ?? file.engine);
}

function preview({ foundBy }: ManifestFile): Html | null {
  return foundBy === 'thumbnail' ? html`<span>small preview: the original could not be had</span>` : null;
}

function licence({ licence: hint }: ManifestFile): Html | null {
  if (hint === null || (hint.name === null && hint.url === null)) return null;
  const author = hint.credit === null ? null : html` · <bdi>${hint.credit}</bdi>`;
  return html`<span>${link(hint.url, hint.name ?? 'licence')}${author}</span>`;
}

function changes(file: ManifestFile): Html | null {
  const { original, note } = file;
  if (note !== null) return html`<span>${note}</span>`;
  if (original === null) return null;
  const isScaled = original.width !== file.width || original.height !== file.height;
  const size = isScaled ? `, ${original.width} × ${original.height}` : '';
  return html`<span>from ${original.format.toUpperCase()}${size}</span>`;
}

function credit({ attribution }: ManifestFile): Html | null {
  if (attribution === null) return null;
  return html`<details>
    <summary>Credit line</summary>
    <bdi>${attribution}</bdi>
  </details>`;
}

/** Only web addresses become links; a `javascript:` address from a result page must not. */
function link(address: string | null, text: string): Html {
  if (address === null || !/^https?:\/\//i.test(address)) return html`<bdi>${text}</bdi>`;
  return html`<a href="${address}" rel="noreferrer noopener nofollow" target="_blank"><bdi>${text}</bdi></a>`;
}

function hostOf(address: string | null): string | null {
  return address !== null && URL.canParse(address) ? new URL(address).hostname : null;
}
