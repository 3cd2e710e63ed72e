import type { Candidate, LicenceHint } from '../../jobs/candidate.js';
import { bagIn, type Bag, listIn, sizeIn, textIn, urlIn, wordsIn } from '../shapes.js';

/** A result of an answer; the search adds its rank. */
export type OpenverseResult = Omit<Candidate, 'rank' | 'engine'>;

/** A page of results. */
export interface OpenverseAnswer {
  readonly results: readonly OpenverseResult[];
  /** Number of pages; null: unknown. */
  readonly pageCount: number | null;
  /** Number of all results; null: unknown. */
  readonly resultCount: number | null;
}

/** Reads a page of results. @returns null for anything else, or if no result can be read */
export function readOpenverseAnswer(json: unknown): OpenverseAnswer | null {
  const answer = bagIn(json);
  if (answer === null || !Array.isArray(answer['results'])) return null;
  const results = listIn(answer['results']).flatMap(newResult);
  if (results.length === 0 && answer['results'].length > 0) return null;
  return {
    results,
    pageCount: numberIn(answer['page_count']),
    resultCount: numberIn(answer['result_count']),
  };
}

function newResult(value: unknown): OpenverseResult[] {
  const item = bagIn(value);
  const imageUrl = urlIn(item?.['url']);
  if (item === null || imageUrl === null) return [];
  return [
    {
      sourceId: textIn(item['id']) ?? imageUrl,
      imageUrl,
      previewUrl: urlIn(item['thumbnail']),
      pageUrl: urlIn(item['foreign_landing_url']) ?? urlIn(item['detail_url']),
      title: wordsIn(item['title']),
      site: textIn(item['source']) ?? textIn(item['provider']),
      claimed: sizeIn(item['width'], item['height']),
      licence: licenceOf(item),
    },
  ];
}

function licenceOf(item: Bag): LicenceHint | null {
  const code = textIn(item['license'])?.toLowerCase() ?? null;
  const url = urlIn(item['license_url']);
  const credit = wordsIn(item['creator']);
  const name = code === null ? null : nameOf(code, textIn(item['license_version']));
  return name === null && url === null && credit === null ? null : { name, url, credit };
}

function nameOf(code: string, version: string | null): string {
  const versioned = (name: string): string => (version === null ? name : `${name} ${version}`);
  if (code === 'cc0') return versioned('CC0');
  if (code === 'pdm') return versioned('Public Domain Mark');
  return versioned(`CC ${code.toUpperCase()}`);
}

function numberIn(value: unknown): number | null {
  return typeof value === 'number' && value >= 0 ? value : null;
}
