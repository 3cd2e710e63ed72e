import type { Candidate, ClaimedSize } from '../../jobs/candidate.js';
import { bagIn, type Bag, beginningIn, parsedJson, sizeIn, textIn, urlIn, wordsIn } from '../shapes.js';
import { siteName } from '../site-name.js';

/** The data of a page about one result, as it is. */
export interface RawItem {
  /** The `m` attribute: JSON, with bare keys before 2016. */
  readonly m: string;
  readonly href: string;
  /** Address of the displayed preview. */
  readonly previewUrl: string | null;
  readonly title: string | null;
  /** Text beside the image that may say its size, e.g. `800 x 600 · jpeg`. */
  readonly facts: string;
}

/** A result of a page; the search adds its rank. */
export type BingResult = Omit<Candidate, 'rank' | 'engine' | 'licence'>;

/**
 * All results of a page, each once, in its order. Groups of other searches, which name no page and no id, are
 * left out. If no item has readable data, the links to the items' own pages are read instead.
 */
export function bingResults(items: readonly RawItem[]): BingResult[] {
  const read = items.map((item) => ({ item, data: readData(item.m) }));
  const hasData = read.some(({ data }) => data !== null);
  const results = read.flatMap(({ item, data }) => {
    if (hasData && data === null) return [];
    const result = newResult(item, data ?? {}, hasData);
    return result === null ? [] : [result];
  });
  return [...new Map(results.toReversed().map((result) => [result.sourceId, result])).values()].toReversed();
}

function newResult(item: RawItem, data: Bag, hasData: boolean): BingResult | null {
  const link = parametersOf(textIn(item.href) ?? '');
  const imageUrl = first(urlIn, data['murl'], data['imgurl'], data['oi'], link.get('mediaurl'));
  const pageUrl = first(urlIn, data['purl'], data['surl']);
  const id = first(textIn, data['mid'], hasData ? null : link.get('id'), data['md5']);
  if (imageUrl === null || (pageUrl === null && id === null)) return null;
  return {
    sourceId: id ?? imageUrl,
    imageUrl,
    previewUrl: first(urlIn, data['turl'], item.previewUrl),
    pageUrl,
    title: first(titleIn, data['t'], data['desc'], item.title),
    site: siteName(pageUrl),
    claimed: sizeIn(link.get('expw'), link.get('exph')) ?? sizeInText(item.facts),
  };
}

function readData(m: string): Bag | null {
  const text = m.trim();
  if (!text.startsWith('{')) return null;
  const data = bagIn(parsedJson(text) ?? parsedJson(withQuotedKeys(text)));
  return data !== null && ('murl' in data || 'imgurl' in data) ? data : null;
}

/** Turns JSON with bare keys into JSON; texts stay as they are, even unterminated ones. */
function withQuotedKeys(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*(?:"|\\?$)|(?<!\w)([A-Za-z_]\w*)\s*:/gs, (token, key?: string) =>
    key === undefined ? token : `"${key}":`,
  );
}

/** The first value that `read` can read. */
function first(read: (value: unknown) => string | null, ...values: readonly unknown[]): string | null {
  return values.map(read).find((found) => found !== null) ?? null;
}

function parametersOf(href: string): URLSearchParams {
  const base = 'https://www.bing.com/';
  return URL.canParse(href, base) ? new URL(href, base).searchParams : new URLSearchParams();
}

function sizeInText(text: string): ClaimedSize | null {
  const [, width, height] = /(\d{2,5})\s*[x×]\s*(\d{2,5})/i.exec(text) ?? [];
  return sizeIn(width, height);
}

/** Bing marks the words of the query with private characters. */
function titleIn(value: unknown): string | null {
  return wordsIn(beginningIn(value)?.replace(/[\uE000-\uF8FF]/g, ''));
}
