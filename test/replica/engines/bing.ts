import { send, type Handler } from '../exchange.ts';
import { escapeHtml } from '../markup.ts';
import type { CatalogueEntry } from '../web/entry.ts';
import type { ImageWeb } from '../web/image-site.ts';
import { numberIn, resultsUnlessInTheWay } from './obstacles.ts';

const PAGE_SIZE = 35;
/** Distance between groups of searches, which are no results, among the items. */
const CLUSTER_EVERY = 3;

const REFUSALS = {
  blocked: {
    body: '<html><body><div class="captcha"><div class="captcha_header">One last step</div><p>Please verify that you are not a robot.</p></div></body></html>',
  },
  changed: { body: '<html><body><main data-gallery><x-tile></x-tile><x-tile></x-tile></main></body></html>' },
};

/** Serves `/images/search` and `/images/async`, shaped as Bing's image search. */
export function bingSite(web: ImageWeb): Handler {
  return async (exchange) => {
    const { pathname, searchParams } = exchange.url;
    const isAsync = pathname === '/images/async';
    if (!isAsync && pathname !== '/images/search') return false;
    exchange.record.kind = isAsync ? 'batch' : 'search';
    const query = searchParams.get('q') ?? '';
    const first = Math.max(1, numberIn(exchange, 'first', 1));
    const page = Math.floor((first - 1) / PAGE_SIZE);
    const all = await resultsUnlessInTheWay(web, exchange, { engine: 'bing', query, page }, REFUSALS);
    if (all === null) return true;
    const list = resultList(all, query, first);
    const body = isAsync
      ? list
      : `<!doctype html><html lang="en"><head><title>${escapeHtml(query)} - Search Images</title></head><body><div id="b_content" role="main">${all.length === 0 ? noResults(query) : list}</div></body></html>`;
    send(exchange, { body });
    return true;
  };
}

/**
 * The items from `first` (counted from 1) and, in data-nextUrl, the address of the next ones: empty at the
 * end.
 */
function resultList(all: readonly CatalogueEntry[], query: string, first: number): string {
  const entries = all.slice(first - 1, first - 1 + PAGE_SIZE);
  const next = first + PAGE_SIZE;
  const nextUrl =
    next <= all.length
      ? `/images/async?q=${encodeURIComponent(query)}&first=${next}&count=${PAGE_SIZE}&relp=${PAGE_SIZE}&mmasync=1`
      : '';
  const items = entries.map(
    (entry, at) => `${item(entry, query)}${at % CLUSTER_EVERY === 2 ? cluster(at) : ''}`,
  );
  const number = 1 + (first % 7);
  return `<div id="mmComponent_images_${number}" class="dgControl dtl hover" data-nextUrl="${escapeHtml(nextUrl)}" data-layout="row"><ul data-row="0" class="dgControl_list">${items.join('')}</ul></div>`;
}

function item(entry: CatalogueEntry, query: string): string {
  const { url, pageUrl, previewUrl, title, docId, width, height } = entry;
  const id = Buffer.from(docId).toString('hex').toUpperCase();
  const facts = { sid: '', cturl: '', cid: docId.slice(0, 8), purl: pageUrl, murl: url, turl: previewUrl };
  const m = JSON.stringify({ ...facts, md5: id.toLowerCase(), shkey: '', t: title, mid: id, desc: title });
  const detail = new URLSearchParams({
    view: 'detailV2',
    ccid: docId.slice(0, 8),
    id,
    mediaurl: url,
    cdnurl: previewUrl,
    exph: String(height),
    expw: String(width),
    q: query,
  });
  return `<li data-idx="${entry.index + 1}"><div class="iuscp"><div class="imgpt"><a aria-label="${escapeHtml(title)}" role="link" class="iusc" m="${escapeHtml(m)}" data-fnvg="1" href="/images/search?${escapeHtml(detail.toString())}"><div class="img_cont hoff"><img class="mimg" height="197" width="197" src="${escapeHtml(previewUrl)}" alt=""></div></a><div class="img_info hon"><span class="nowrap">${width}×${height}</span></div></div></div></li>`;
}

/** A group of searches: it looks like an item but has no page, no title and no id. */
function cluster(at: number): string {
  const m = JSON.stringify({ sid: '', cturl: '', cid: `c${at}`, purl: '', murl: '', turl: '', md5: '' });
  return `<li><a class="iusc" m="${escapeHtml(m)}" href="/images/search?q=more&amp;exph=0&amp;expw=0">More</a></li>`;
}

function noResults(query: string): string {
  return `<div class="mm_noresults"><h2>There are no results for ${escapeHtml(query)}</h2></div>`;
}
