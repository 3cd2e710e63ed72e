import { escapeHtml } from '../markup.ts';
import type { CatalogueEntry } from '../web/entry.ts';
import { recordKey, type Batch } from './batch.ts';
import { refDocId, thumbnailSize } from './record.ts';

const BLANK = 'data:image/gif;base64,R0lGODlhAQABAIAAAP///////yH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';

/** The results of a batch as tiles; only the attributes are stable, as in the real pages. */
export function tiles(batch: Batch): string {
  return batch.entries
    .map((entry) =>
      batch.layout === '2022' ? tile2022(batch, entry) : tile(batch, entry, recordKey(batch, entry)),
    )
    .join('');
}

/** A tile as since 2024; related results in the panel look exactly the same. */
export function tile(batch: Batch, entry: CatalogueEntry, key: string): string {
  const { classes, layout } = batch;
  const lpage = escapeHtml(entry.pageUrl);
  const title = escapeHtml(entry.title);
  const image = `<img alt="${title}" id="${imageId(batch, entry)}" src="${BLANK}">`;
  const { width, height } = thumbnailSize(entry);
  const box = `<div jsname="PNoEC" style="aspect-ratio:${width}/${height}" role="button" tabindex="0"><div>${image}</div></div>`;
  const link = `<a${hrefBefore2026(batch, entry)}>${box}</a>`;
  const heading = layout === '2024' ? `<h3 class="${classes.title}">${link}</h3>` : link;
  return `<div class="${classes.box}"${layout === '2024' ? '' : ` data-docid="${entry.docId}" data-sid=""`}><div class="${classes.tile} ivg-i" jsname="dTDiAc" jsdata="j0Opre;${entry.docId};${key}" data-attrid="images universal" data-docid="${entry.docId}" data-lpage="${lpage}" data-ref-docid="${refDocId(entry)}"><div jsname="qQjpJ" class="${classes.thumb}" data-img-wrapper="">${heading}</div><a class="${classes.link}" href="${lpage}" target="_blank"><div class="${classes.title}">${title}</div><span class="${classes.site}">${escapeHtml(entry.site)}</span></a></div></div>`;
}

/** In 2022 a tile was a `div.isv-r` with the size of the original in its attributes. */
function tile2022(batch: Batch, entry: CatalogueEntry): string {
  const id = entry.docId;
  const title = escapeHtml(entry.title);
  return `<div data-id="${id}" jsname="N9Xkfe" data-ri="${entry.index}" class="isv-r ${batch.classes.tile}" jsdata="j0Opre;${id};${14 + entry.index}" data-tbnid="${id}" data-ow="${entry.width}" data-oh="${entry.height}"><a class="wXeWr ${batch.classes.box}" jsname="sTFXNd" data-nav="1" tabindex="0"><img src="${BLANK}" data-iid="${entry.index}" class="rg_i" jsname="Q4LuWd" width="147" height="180" alt="${title}"></a><a class="VFACy" jsname="uy6ald" rel="noopener" target="_blank" href="${escapeHtml(entry.pageUrl)}" title="${title}">${title}</a></div>`;
}

/** The scripts that give the tiles their previews: the first inline, the others by address. */
export function thumbnailScript(batch: Batch, inline: ReadonlyMap<string, string>): string {
  const loads = batch.entries.map((entry) =>
    inline.has(entry.docId) ? null : ([imageId(batch, entry), entry.previewUrl] as const),
  );
  const sets = batch.entries.flatMap((entry) => {
    const data = inline.get(entry.docId);
    return data === undefined ? [] : [`_setImagesSrc(['${imageId(batch, entry)}'],'${data}');`];
  });
  const addresses = JSON.stringify(Object.fromEntries(loads.filter((load) => load !== null)));
  const escaped = addresses.replaceAll('=', String.raw`\u003d`).replaceAll('&', String.raw`\u0026`);
  return `<script>${sets.join('')}(function(){google.ldi=${escaped};for(var i in google.ldi){var e=document.getElementById(i);if(e)e.src=google.ldi[i]}})();</script>`;
}

/** The id of a tile's preview. */
export function imageId(batch: Batch, entry: CatalogueEntry): string {
  return `dimg_${batch.pageToken}_${entry.index}`;
}

/** In 2024 a few tiles had the address of a hovered tile from the start. */
function hrefBefore2026(batch: Batch, entry: CatalogueEntry): string {
  const isHovered = batch.layout === '2024' && batch.hasRecords && entry.index % 12 === 0;
  return isHovered ? ` href="${escapeHtml(imgresUrl(batch, entry))}"` : '';
}

/** The address of a hovered tile: the original's address and size in its parameters. */
export function imgresUrl({ base, query }: Pick<Batch, 'base' | 'query'>, entry: CatalogueEntry): string {
  const parameters = new URLSearchParams({
    q: query,
    imgurl: entry.url,
    imgrefurl: entry.pageUrl,
    docid: refDocId(entry),
    tbnid: entry.docId,
    w: String(entry.width),
    h: String(entry.height),
    hcb: '2',
  });
  return `${base}/imgres?${parameters.toString()}`;
}
