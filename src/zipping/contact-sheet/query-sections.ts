import type { ShortfallEntry } from '../../jobs/job.js';
import { countText } from '../../jobs/wording/amount-text.js';
import { type Html, html } from '../../jobs/wording/html.js';
import { reasonText } from '../../jobs/wording/query-reports.js';
import { classesOf, type ImageClass } from '../layouts/classes.js';
import type { Manifest, ManifestFile } from '../manifest.js';
import type { ManifestQuery } from '../manifest-queries.js';

/** The headings and links of an archive with several queries. */
export const QUERY_SECTIONS_STYLE = `
nav ul { display: flex; flex-wrap: wrap; gap: .35rem 1.1rem; margin: 1rem 0 0; padding: 0; list-style: none; }
nav a, h2 { overflow-wrap: anywhere; }
section { margin-bottom: 2.25rem; scroll-margin-top: 1rem; }
h2 { margin: 0 0 .25rem; font-size: 1.25rem; line-height: 1.2; }
section > .pictures { margin-top: .9rem; }
`;

/** Links to the pictures of each query; null if there is only one. */
export function queryLinks(manifest: Manifest): Html | null {
  const classes = classesOf(manifest);
  if (classes.length < 2) return null;
  const links = classes.map(
    ({ name, files }, index) =>
      html`<li>
        <a href="#q${index + 1}"><bdi>${name}</bdi></a> (${files.length})
      </li>`,
  );
  return html`<nav aria-label="Searches">
    <ul>
      ${links}
    </ul>
  </nav>`;
}

/** All pictures in parts, below a heading for each query if there are several. */
export function* pictures(
  manifest: Manifest,
  figure: (file: ManifestFile) => Html,
): Generator<string, void, void> {
  const classes = classesOf(manifest);
  const isSingle = classes.length < 2;
  yield isSingle ? '<main class="pictures">' : '<main>';
  for (const [index, one] of classes.entries()) {
    if (!isSingle) yield opening(one, index, manifest);
    for (const file of one.files) yield figure(file).source;
    if (!isSingle) yield '</div></section>';
  }
  yield '</main>';
}

function opening(one: ImageClass, index: number, { queries = [] }: Manifest): string {
  const { name, query } = one;
  const result = queries[index];
  const search = name === query ? null : html`<bdi>${query}</bdi> · `;
  const head = html`<h2><bdi>${name}</bdi></h2>
    <p>${search}${result === undefined ? null : countsOf(one, result)}</p>
    ${missing(result?.shortfall ?? [])}`;
  return `<section id="q${index + 1}">${head.source}<div class="pictures">`;
}

/** E.g. `3 chosen of 40 images of 50 asked for`. */
function countsOf({ files }: ImageClass, { delivered, askedFor }: ManifestQuery): string {
  const chosen = files.length < delivered ? `${files.length} chosen of ` : '';
  const rest = delivered < askedFor ? ` of ${askedFor} asked for` : '';
  return `${chosen}${countText(delivered, 'image')}${rest}`;
}

/** The counted reasons why images are missing; null if there are none. */
export function missing(shortfall: readonly ShortfallEntry[]): Html | null {
  if (shortfall.length === 0) return null;
  const lines = shortfall.map((entry) => html`<li>${reasonText(entry)}</li>`);
  return html`<details>
    <summary>Why there are fewer than asked for</summary>
    <ul>
      ${lines}
    </ul>
  </details>`;
}
