import { send, type Handler } from '../exchange.ts';
import { escapeHtml } from '../markup.ts';
import type { CatalogueEntry } from './entry.ts';
import type { ImageWeb } from './image-site.ts';

/** Serves `/page/…`, `/thumb/…` and `/logo.png`: the source pages of the pictures, and the previews. */
export function pageSite(web: ImageWeb): Handler {
  return async (exchange) => {
    const { pathname } = exchange.url;
    const entry = web.catalogues.behind(exchange.url);
    if (entry !== null && pathname.startsWith('/page/')) {
      exchange.record.kind = 'page';
      send(exchange, { body: sourcePage(entry, web) });
      return true;
    }
    if (entry !== null && pathname.startsWith('/thumb/')) {
      exchange.record.kind = 'thumbnail';
      send(exchange, { type: 'image/jpeg', body: await web.darkroom.thumbnail(entry) });
      return true;
    }
    return false;
  };
}

/**
 * The source page of a picture. By turns it names the picture in og:image, in a srcset, in JSON-LD or only in
 * a link to the file, next to others of the same query.
 */
function sourcePage(entry: CatalogueEntry, { catalogues, origins }: ImageWeb): string {
  const title = escapeHtml(entry.title);
  const isNamed = entry.index % 4 === 0;
  const social = isNamed ? entry.url : `${origins[0] ?? ''}/logo.png`;
  const others = catalogues.of(entry.engine, 'something else results:3').slice(0, 3);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta property="og:title" content="${title}"><meta property="og:site_name" content="${escapeHtml(entry.site)}">
<meta property="og:image" content="${escapeHtml(social)}"><meta name="twitter:image" content="${escapeHtml(social)}">
${entry.index % 4 === 1 ? jsonLd(entry) : ''}</head><body><header><img src="/logo.png" alt="logo" width="60" height="20"></header>
<main><h1>${title}</h1><figure>${figure(entry)}<figcaption>${title}</figcaption></figure>
<aside>${others.map((other) => `<img src="${escapeHtml(other.previewUrl)}" alt="">`).join('')}</aside></main></body></html>`;
}

function figure(entry: CatalogueEntry): string {
  const [full, small] = [escapeHtml(entry.url), escapeHtml(entry.previewUrl)];
  if (entry.index % 4 === 2)
    return `<img src="${small}" srcset="${small} 225w, ${full} ${entry.width}w" sizes="100vw" alt="">`;
  if (entry.index % 4 === 3) return `<a href="${full}"><img src="${small}" alt=""></a>`;
  return `<img src="${small}" data-src="${full}" loading="lazy" alt="">`;
}

function jsonLd({ url, title, width, height }: CatalogueEntry): string {
  const data = { '@context': 'https://schema.org', '@type': 'Article', headline: title };
  const image = { '@type': 'ImageObject', url, width, height };
  const json = JSON.stringify({ ...data, image: [image] }).replaceAll('<', String.raw`\u003c`);
  return `<script type="application/ld+json">${json}</script>`;
}
