import { send, type Handler } from '../exchange.ts';
import { escapeHtml } from '../markup.ts';
import type { CatalogueEntry } from '../web/entry.ts';
import type { ImageWeb } from '../web/image-site.ts';
import { numberIn, resultsUnlessInTheWay } from './obstacles.ts';

const MOST_PER_PAGE = 50;
const JSON_TYPE = 'application/json; charset=utf-8';
const REFUSALS = {
  blocked: { status: 429, headers: { 'retry-after': '5' }, type: 'text/plain', body: 'Too many requests' },
  changed: { type: JSON_TYPE, body: '{"batchcomplete":"","result":{}}' },
};

/** Serves `/w/api.php`, shaped as the search of Wikimedia Commons through the MediaWiki API. */
export function commonsSite(web: ImageWeb): Handler {
  return async (exchange) => {
    const { pathname, searchParams } = exchange.url;
    if (pathname !== '/w/api.php') return false;
    exchange.record.kind = 'search';
    // The query without the restriction to kinds of files before it.
    const query = (searchParams.get('gsrsearch') ?? '').replace(/^(?:filetype:\S+\s+)+/, '');
    const limit = Math.max(1, Math.min(MOST_PER_PAGE, numberIn(exchange, 'gsrlimit', 10)));
    const offset = numberIn(exchange, 'gsroffset', 0);
    const question = { engine: 'commons', query, page: Math.floor(offset / limit) } as const;
    const all = await resultsUnlessInTheWay(web, exchange, question, REFUSALS);
    if (all === null) return true;
    const found = all.slice(offset, offset + limit).map(pageOf);
    const isList = searchParams.get('formatversion') === '2';
    const pages = isList ? found.toReversed() : Object.fromEntries(found.map((page) => [page.pageid, page]));
    const hasMore = offset + limit < all.length;
    const body = {
      ...(hasMore
        ? { continue: { gsroffset: offset + limit, continue: 'gsroffset||' } }
        : { batchcomplete: '' }),
      ...(found.length === 0 ? {} : { query: { pages } }),
    };
    send(exchange, { type: JSON_TYPE, body: JSON.stringify(body) });
    return true;
  };
}

/** A file's page; only `index` has the order of results, since page ids do not. */
function pageOf(entry: CatalogueEntry): { pageid: number; [fact: string]: unknown } {
  return {
    pageid: 90_000_000 - ((entry.index * 7919) % 100_000),
    ns: 6,
    title: `File:${entry.title}.${entry.picture.format}`,
    index: entry.index + 1,
    imagerepository: 'local',
    imageinfo: [
      {
        size: entry.picture.aboutBytes,
        width: entry.width,
        height: entry.height,
        url: entry.url,
        thumburl: entry.previewUrl,
        descriptionurl: entry.pageUrl,
        mime: `image/${entry.picture.format}`,
        extmetadata: metadataOf(entry),
      },
    ],
  };
}

const value = (text: string): object => ({ value: text, source: 'commons-desc-page' });

/** Values are HTML, like the real ones; public domain has no LicenseUrl. */
function metadataOf({ licence, title, pageUrl }: CatalogueEntry): Record<string, object> {
  const artist = `<a href="${escapeHtml(pageUrl)}" class="extiw">${escapeHtml(licence?.credit ?? 'Unknown')}</a>`;
  return {
    ObjectName: value(escapeHtml(title)),
    Artist: value(artist),
    LicenseShortName: value(licence?.name ?? 'Public domain'),
    ...(licence === null ? {} : { LicenseUrl: value(licence.url) }),
  };
}
