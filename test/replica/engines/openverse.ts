import { createHash } from 'node:crypto';
import { send, type Handler } from '../exchange.ts';
import type { CatalogueEntry } from '../web/entry.ts';
import type { ImageWeb } from '../web/image-site.ts';
import { numberIn, resultsUnlessInTheWay } from './obstacles.ts';

const MOST_PER_PAGE = 20;
const MOST_PAGES = 20;
const JSON_TYPE = 'application/json';
const LIMITS = { 'x-ratelimit-limit-anon_burst': '20/min', 'x-ratelimit-limit-anon_sustained': '200/day' };
const REFUSALS = {
  blocked: {
    status: 429,
    type: JSON_TYPE,
    headers: { ...LIMITS, 'retry-after': '60' },
    body: '{"detail":"Request was throttled. Expected available in 60 seconds."}',
  },
  changed: { type: JSON_TYPE, body: '{"items":[]}' },
};

/** Serves `/v1/images/`, shaped as Openverse's API for anonymous visitors. */
export function openverseSite(web: ImageWeb): Handler {
  return async (exchange) => {
    if (!/^\/v1\/images\/?$/.test(exchange.url.pathname)) return false;
    exchange.record.kind = 'search';
    const page = numberIn(exchange, 'page', 1);
    const pageSize = numberIn(exchange, 'page_size', MOST_PER_PAGE);
    const query = exchange.url.searchParams.get('q') ?? '';
    if (pageSize > MOST_PER_PAGE || page > MOST_PAGES) {
      send(exchange, {
        status: 401,
        type: JSON_TYPE,
        body: '{"detail":"Anonymous requests may not ask for more."}',
      });
      return true;
    }
    const question = { engine: 'openverse', query, page: page - 1 } as const;
    const all = await resultsUnlessInTheWay(web, exchange, question, REFUSALS);
    if (all === null) return true;
    const body = {
      result_count: all.length,
      page_count: Math.min(MOST_PAGES, Math.ceil(all.length / pageSize)),
      page_size: pageSize,
      page,
      results: all.slice((page - 1) * pageSize, page * pageSize).map(resultOf),
    };
    send(exchange, { type: JSON_TYPE, headers: LIMITS, body: JSON.stringify(body) });
    return true;
  };
}

/** Everything in the collection has a licence; two thirds of it CC0. */
function resultOf(entry: CatalogueEntry): object {
  const { licence, title, url, pageUrl, previewUrl, width, height } = entry;
  const [license, version] = (licence?.name ?? 'CC0 1.0').toLowerCase().replace(/^cc /, '').split(' ');
  const credit = licence?.credit ?? 'Northgate Museum';
  return {
    id: uuidOf(entry),
    title,
    foreign_landing_url: pageUrl,
    url,
    creator: credit,
    creator_url: pageUrl,
    license,
    license_version: version,
    license_url: licence?.url ?? 'https://creativecommons.org/publicdomain/zero/1.0/',
    provider: 'replica',
    source: 'replica',
    filesize: null,
    filetype: entry.picture.format === 'jpeg' ? 'jpg' : entry.picture.format,
    tags: [],
    attribution: `"${title}" by ${credit}`,
    mature: false,
    height,
    width,
    thumbnail: previewUrl,
  };
}

function uuidOf({ docId }: CatalogueEntry): string {
  const hex = createHash('sha256').update(docId).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
