import { diceOf } from '../dice.ts';
import { send, type Exchange, type Handler } from '../exchange.ts';
import { escapeHtml } from '../markup.ts';
import type { CatalogueEntry } from '../web/entry.ts';
import type { ImageWeb } from '../web/image-site.ts';
import { numberIn, resultsUnlessInTheWay } from './obstacles.ts';

const PAGE_SIZE = 100;
const REFUSALS = {
  blocked: { status: 403, body: 'If this persists, please e-mail us.' },
  changed: { type: 'application/json', body: '{"items":[]}' },
};

/** Serves `/` (the page with its vqd token) and `/i.js`, shaped as DuckDuckGo's image search. */
export function duckDuckGoSite(web: ImageWeb): Handler {
  return async (exchange) => {
    const { pathname, searchParams } = exchange.url;
    const query = searchParams.get('q') ?? '';
    if (pathname === '/') {
      exchange.record.kind = 'search';
      const token = tokenFor(web, exchange, query);
      send(exchange, {
        body: `<!doctype html><html><head><title>${escapeHtml(query)} at DuckDuckGo</title></head><body><script>vqd="${token}";</script></body></html>`,
      });
      return true;
    }
    if (pathname !== '/i.js') return false;
    exchange.record.kind = 'batch';
    if (searchParams.get('vqd') !== tokenFor(web, exchange, query)) send(exchange, REFUSALS.blocked);
    else await answer(web, exchange, query);
    return true;
  };
}

async function answer(web: ImageWeb, exchange: Exchange, query: string): Promise<void> {
  const skip = numberIn(exchange, 's', 0);
  const question = { engine: 'duckduckgo', query, page: Math.floor(skip / PAGE_SIZE) } as const;
  const all = await resultsUnlessInTheWay(web, exchange, question, REFUSALS);
  if (all === null) return;
  const next = skip + PAGE_SIZE;
  const q = encodeURIComponent(query);
  const body = {
    ads: null,
    // Without the vqd, like the real one: the client has to add the token.
    ...(next < all.length ? { next: `i.js?q=${q}&o=json&p=1&s=${next}&u=bing&f=,,,,,&l=us-en` } : {}),
    query,
    queryEncoded: q,
    response_type: 'images',
    results: all.slice(skip, next).map(resultOf),
    vqd: { [query]: tokenFor(web, exchange, query) },
  };
  send(exchange, { type: 'application/x-javascript', body: JSON.stringify(body) });
}

function resultOf({ url, previewUrl, title, pageUrl, width, height, docId }: CatalogueEntry): object {
  const links = { image: url, thumbnail: previewUrl, title, url: pageUrl };
  return { ...links, width, height, source: 'Bing', image_token: docId, thumbnail_token: docId };
}

/** The token belongs to the query and to the browser that asked. */
function tokenFor({ plan }: ImageWeb, { request }: Exchange, query: string): string {
  const dice = diceOf('vqd', plan.seed, query, request.headers['user-agent'] ?? '');
  return `4-${Array.from({ length: 39 }, () => dice.integer(0, 9)).join('')}`;
}
