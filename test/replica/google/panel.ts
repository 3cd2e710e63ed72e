import { escapeHtml } from '../markup.ts';
import type { CatalogueEntry } from '../web/entry.ts';
import type { Batch } from './batch.ts';
import { tile } from './tiles.ts';

/** Tiles of related pictures in the panel; they have no record. */
export const RELATED_TILES = 12;

/** The panel beside the results, open on `current`, with related tiles that are no results. */
export function panel(batch: Batch, current: CatalogueEntry, related: readonly CatalogueEntry[]): string {
  const more = related.map((entry) => tile(batch, entry, `${batch.pageToken}r${entry.index}`)).join('');
  const beside = `<div jsname="figiqf" aria-hidden="true" style="display:none"></div>`;
  const content = panelContent(current, batch.scenario !== 'page-only');
  return `<div role="dialog" jsname="ujKaBc" data-svs="true" class="${batch.classes.panel}">${beside}<div jsname="figiqf" aria-hidden="false">${content}</div>${beside}<div data-related>${more}</div></div>`;
}

/** The panel's image of a result; the original only if the panel reveals it. */
export function panelContent(entry: CatalogueEntry, withOriginal: boolean): string {
  const alt = escapeHtml(entry.title);
  const full = withOriginal
    ? `<img src="${escapeHtml(entry.url)}" style="max-width:${entry.width}px" alt="${alt}" jsname="kn3ccd">`
    : '';
  const thumbnail = `<img src="${escapeHtml(entry.previewUrl)}" alt="${alt}" jsname="JuXqh" style="max-width:${entry.width}px">`;
  const size = `<span>${entry.width.toLocaleString('en')} × ${entry.height.toLocaleString('en')}</span>`;
  return `<a rel="noopener" target="_blank" href="${escapeHtml(entry.pageUrl)}" role="link" aria-label="Visit ${escapeHtml(entry.site)}">${full}${thumbnail}${size}</a><div jsname="wOKxyc" data-tbnid="${entry.docId}"></div>`;
}
