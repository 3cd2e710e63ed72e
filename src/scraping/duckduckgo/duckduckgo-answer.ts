import type { Candidate } from '../../jobs/candidate.js';
import { bagIn, parsedJson, listIn, sizeIn, textIn, urlIn, wordsIn } from '../shapes.js';
import { siteName } from '../site-name.js';

/** A result of an answer; the search adds its rank. */
export type DuckDuckGoResult = Omit<Candidate, 'rank' | 'engine' | 'licence'>;

/** An answer of `i.js`. */
export interface DuckDuckGoAnswer {
  readonly results: readonly DuckDuckGoResult[];
  /** The address of the next answer; null: there is none. */
  readonly next: string | null;
  /** A newer token; null: the current one stays valid. */
  readonly token: string | null;
}

/** Reads the answer to a search. @returns null for any other text, or if no result can be read */
export function readDuckDuckGoAnswer(text: string): DuckDuckGoAnswer | null {
  const answer = bagIn(parsedJson(text));
  if (answer === null || !Array.isArray(answer['results'])) return null;
  const results = listIn(answer['results']).flatMap(newResult);
  if (results.length === 0 && answer['results'].length > 0) return null;
  return {
    results,
    next: textIn(answer['next']),
    token: tokenIn(answer['vqd']),
  };
}

function newResult(value: unknown): DuckDuckGoResult[] {
  const item = bagIn(value);
  const imageUrl = urlIn(item?.['image']);
  if (item === null || imageUrl === null) return [];
  const pageUrl = urlIn(item['url']);
  return [
    {
      sourceId: textIn(item['image_token']) ?? imageUrl,
      imageUrl,
      previewUrl: urlIn(item['thumbnail']),
      pageUrl,
      title: wordsIn(item['title']),
      site: siteName(pageUrl),
      claimed: sizeIn(item['width'], item['height']),
    },
  ];
}

/** The answer holds one token per query. */
function tokenIn(vqd: unknown): string | null {
  const tokens = [vqd, ...Object.values(bagIn(vqd) ?? {})];
  return tokens.map(textIn).find((token) => token !== null) ?? null;
}
