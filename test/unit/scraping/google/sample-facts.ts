import type { GoogleFacts, Tile } from '../../../../src/scraping/google/google-facts.js';

/** A page with nothing on it, with `changes`. */
export function sampleFacts(changes: Partial<GoogleFacts> = {}): GoogleFacts {
  return {
    documentId: 1,
    url: 'https://www.google.com/search?q=cat&udm=2',
    status: 200,
    isLoading: false,
    records: [],
    scripts: [],
    tiles: [],
    elsewhere: [],
    imageLinks: [],
    moreUrl: null,
    hasConsent: false,
    hasCaptcha: false,
    asksForScript: false,
    hasResultsPlace: false,
    elements: 100,
    text: '',
    pictures: 0,
    ...changes,
  };
}

/** The tile of a document. */
export function sampleTile(docId: string, changes: Partial<Tile> = {}): Tile {
  return { docId, pageUrl: `https://site.example/${docId}`, title: docId, previewUrl: null, ...changes };
}

/** The record of a document, as Google embeds it. */
export function sampleRecord(docId: string, meta: object = sampleMeta(docId)): unknown[] {
  const thumbnail = [`https://encrypted-tbn0.gstatic.com/images?q=tbn:${docId}`, 120, 160];
  return [
    0,
    docId,
    thumbnail,
    [`https://images.example/${docId}.jpg`, 600, 800],
    null,
    0,
    'rgb(1,2,3)',
    null,
    0,
    meta,
  ];
}

/** A list of nulls. */
export function nulls(length: number): unknown[] {
  return Array.from({ length }, () => null);
}

/** The record's entry about the page of its image. */
export function sampleMeta(docId: string): object {
  const page = Object.assign(nulls(18), {
    1: `ref-${docId}`,
    2: `https://site.example/${docId}`,
    3: `Title of ${docId}`,
    12: 'Site',
    17: 'site.example',
  });
  return { '2000': [null, 'site.example', '1.1MB'], '2003': page };
}
