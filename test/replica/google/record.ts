import type { CatalogueEntry } from '../web/entry.ts';

/** The years whose page layouts the replica can serve. */
export type Layout = '2026' | '2024' | '2022';

/** An embedded record as Google writes it: height before width, facts under numbered keys. */
export function recordOf(entry: CatalogueEntry, layout: Layout): unknown[] {
  const flag = layout === '2022' ? false : 0;
  const { width, height } = thumbnailSize(entry);
  return [
    0,
    entry.docId,
    [entry.previewUrl, height, width],
    [entry.url, entry.height, entry.width],
    null,
    0,
    `rgb(${entry.index % 256},${(entry.index * 7) % 256},${(entry.index * 13) % 256})`,
    null,
    flag,
    layout === '2022' ? facts2022(entry) : factsSince2024(entry, layout),
  ];
}

/** The id of the source page of a result. */
export function refDocId({ docId }: CatalogueEntry): string {
  return `${docId.slice(7, 13)}${docId.slice(0, 7)}M`;
}

/** Pixels of a preview as the records state them. */
export function thumbnailSize(entry: CatalogueEntry): { width: number; height: number } {
  const scale = 225 / Math.max(entry.width, entry.height);
  return { width: Math.round(entry.width * scale), height: Math.round(entry.height * scale) };
}

function factsSince2024(entry: CatalogueEntry, layout: Layout): Record<string, unknown> {
  const domain = new URL(entry.pageUrl).host;
  return {
    '2000': [null, domain, sizeText(entry.picture.aboutBytes)],
    '2001': [null, null, null, null, 3, 3, 21],
    '2003': pageFacts(entry, domain, 0),
    ...(entry.licence === null ? {} : { '2006': licenceFacts(entry) }),
    ...(layout === '2024' ? { '2008': [null, entry.title.slice(0, 40)] } : {}),
  };
}

/** In 2022 there was no file size and no licence; 2006 held product data of another shape. */
function facts2022(entry: CatalogueEntry): Record<string, unknown> {
  return {
    '2001': [null, null, null, 6, 0, 12, 9, null, null, null, []],
    '2003': pageFacts(entry, new URL(entry.pageUrl).host, false),
    ...(entry.index % 10 === 3 ? { '2006': [null, null, ['In stock', 'EUR']] } : {}),
    '2008': [null, entry.title.slice(0, 40)],
  };
}

function pageFacts(entry: CatalogueEntry, domain: string, flag: 0 | false): unknown[] {
  const start = [null, refDocId(entry), entry.pageUrl, entry.title, null, flag, null, null, null, flag];
  return [...start, null, null, entry.site, null, null, null, null, domain, ...empty(5), flag, [null, 3]];
}

function licenceFacts({ licence, pageUrl }: CatalogueEntry): unknown[] {
  const stated = [pageUrl, licence?.url, 1, licence?.name, 0, null, '', licence?.credit];
  return [...empty(11), stated];
}

function empty(length: number): null[] {
  return Array.from({ length }, () => null);
}

function sizeText(bytes: number): string {
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)}MB` : `${Math.round(bytes / 1000)}KB`;
}
