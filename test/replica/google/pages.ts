import { escapeHtml, scriptJson } from '../markup.ts';
import type { CatalogueEntry } from '../web/entry.ts';
import { dataScript, type Batch } from './batch.ts';
import { browserScript } from './browser-script.ts';
import { panel } from './panel.ts';
import { recordOf } from './record.ts';
import { thumbnailScript, tiles } from './tiles.ts';

/** The content of a results page. */
export interface PageParts {
  readonly batch: Batch;
  /** The result in the panel; null: there is no panel. */
  readonly current: CatalogueEntry | null;
  readonly related: readonly CatalogueEntry[];
  /** Previews embedded in the page: data addresses by docId. */
  readonly inline: ReadonlyMap<string, string>;
  readonly hiddenName: string;
}

const NOSCRIPT =
  '<noscript><style>table,div,span,p{display:none}</style><meta content="0;url=/httpservice/retry/enablejs?sei=replica" http-equiv="refresh"><div style="display:block">Please click <a href="/httpservice/retry/enablejs?sei=replica">here</a> if you are not redirected within a few seconds.</div></noscript>';

const HELPERS =
  "<script>window.google={kEI:'replica'};(function(){google.sn='images';google.kHL='en';})();function _setImagesSrc(ids,src){ids.forEach(function(id){var e=document.getElementById(id);if(e)e.src=src})}</script>";

/** The head of every page of the engine. */
export function pageHead(query: string, style = ''): string {
  return `<!doctype html><html itemscope="" lang="en"><head><meta charset="UTF-8"><title>${escapeHtml(query)} - Google Search</title>${style}${HELPERS}</head><body>${NOSCRIPT}`;
}

/** A results page as since 2024: tiles in #rso, records in the page's data, a panel beside them. */
export function resultsPage(parts: PageParts): string {
  const { batch, current, related, inline, hiddenName } = parts;
  const aside = current === null ? '' : panel(batch, current, related);
  const script = browserScript({
    batchUrl: `/search?q=${encodeURIComponent(batch.query)}&udm=2&asearch=arc&async=_fmt:json`,
    panelUrl: `/async/panel?q=${encodeURIComponent(batch.query)}`,
    start: batch.start,
    hasMore: batch.hasMore,
    loadsOnScroll: batch.scenario !== 'more-link',
    showsImgres: batch.scenario !== 'panel-only' && batch.scenario !== 'page-only',
    hiddenName,
  });
  return `${pageHead(batch.query, styles(batch))}<div id="center_col"><div id="topstuff"></div><div id="search"><div id="rso" data-async-context="query:${escapeHtml(encodeURIComponent(batch.query))}"><div jsname="d7Vufc"><div data-id="mosaic" class="${batch.classes.grid}">${tiles(batch)}</div></div></div></div><div id="botstuff">${moreLink(batch)}</div></div>${aside}${dataScript(batch)}${thumbnailScript(batch, inline)}${script}</body></html>`;
}

/** A results page as of 2022: tiles in #islrg, records in a call of AF_initDataCallback. */
export function resultsPage2022({ batch }: PageParts): string {
  const groups = batch.entries.map((entry) => [1, recordOf(entry, '2022'), null, [145, 176], entry.index]);
  const data = scriptJson([null, [[['g_1', [['wallpaper', null]]]]], [[groups]], [batch.query]]);
  const status = batch.hasMore ? '1' : '3';
  return `${pageHead(batch.query)}<script>function AF_initDataCallback(d){(window.AF_dataStore=window.AF_dataStore||{})[d.key]=d}</script><div id="islmp"><div id="islrg"><div class="islrc">${tiles(batch)}</div></div><div jsname="wEwttd" data-endedmessage="Looks like you&#39;ve reached the end" data-status="${status}"><div class="YstHxe" style="display:none;"><input class="mye4qd" type="button" value="Show more results"></div></div></div><script>AF_initDataCallback({key: 'ds:0', hash: '1', data:[], sideChannel: {}});</script><script>AF_initDataCallback({key: 'ds:1', hash: '2', data:${data}, sideChannel: {}});</script></body></html>`;
}

function styles({ classes }: Batch): string {
  return `<style>body{margin:0;font:14px sans-serif}#center_col{width:62%}.${classes.grid}{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:8px}.${classes.tile}{height:230px;overflow:hidden}.${classes.tile} img{height:170px}.${classes.panel}{position:fixed;right:0;top:0;width:36%;height:100vh;overflow:auto}.${classes.panel} img{width:200px}</style>`;
}

function moreLink({ query, start, hasMore, classes }: Batch): string {
  if (!hasMore) return '';
  const href = `/search?q=${encodeURIComponent(query)}&amp;udm=2&amp;ei=replica&amp;start=${start + 10}&amp;sa=N`;
  return `<a class="${classes.more}" href="${href}" jsname="oHxHid" aria-label="More results" role="button" tabindex="0" aria-hidden="false"><span>More results</span></a><a jsname="a79Lwf" style="display:none" role="button" tabindex="0"><span>Try again</span></a>`;
}
