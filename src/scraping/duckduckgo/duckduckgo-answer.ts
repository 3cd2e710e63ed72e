import type { Candidate } from '../../jobs/candidate.js';
import { bagIn, parsedJson, listIn, sizeIn, textIn, urlIn, wordsIn } from '../shapes.js';
import { siteName } from '../site-name.js';

/** A result of an answer; its rank is known only to the search. */
export type DuckDuckGoResult = Omit<Candidate, 'rank' | 'engine' | 'licence'>;

/** What an answer of `i.js` says. */
export interface DuckDuckGoAnswer {
  readonly results: readonly DuckDuckGoResult[];
  /** Where more is, as the answer says it; null: there is no more. */
  readonly next: string | null;
  /** A newer token; null: the one at hand goes on. */
  readonly token: string | null;
}

/** Reads the answer to a search. @returns null where the text is something else, or nothing in it can be read */
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

/** The answer holds one token for each query. */
function tokenIn(vqd: unknown): string | null {
  const tokens = [vqd, ...Object.values(bagIn(vqd) ?? {})];
  return tokens.map(textIn).find((token) => token !== null) ?? null;
}
