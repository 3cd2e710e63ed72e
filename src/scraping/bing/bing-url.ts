import type { FilterPlan } from '../filter-support.js';

/** What is searched for, with what the filters add. */
export interface BingQuestion {
  readonly text: string;
  readonly plan: FilterPlan;
}

/** In English, so that what the page says can be understood. */
const LANGUAGE = { mkt: 'en-US', setlang: 'en' };

/** What fits into the window of the browser, in pixels. */
export interface WindowSize {
  readonly width: number;
  readonly height: number;
}

/**
 * The address of a page of image results. A page that is not told the size of the window loads itself again with it.
 * @param base base address of Bing, without a slash at its end
 * @param first the result the page begins with, counted from 1
 */
export function bingSearchUrl(
  base: string,
  { text, plan }: BingQuestion,
  { width, height }: WindowSize,
  first = 1,
): string {
  const q = [text, ...plan.words].join(' ');
  const size = { cw: String(width), ch: String(height) };
  const parameters = { q, first: String(first), ...size, ...LANGUAGE, ...plan.parameters };
  return `${base}/images/search?${new URLSearchParams(parameters)}`;
}

/**
 * The address of the next batch, as the page gives it: all it carries is kept, but on our base and for our
 * question, since a saved page names the real Bing and its own query.
 * @returns null where it is none
 */
export function bingTargetUrl(base: string, { text, plan }: BingQuestion, next: string): string | null {
  if (!URL.canParse(next, 'https://www.bing.com/')) return null;
  const { pathname, searchParams } = new URL(next, 'https://www.bing.com/');
  const q = [text, ...plan.words].join(' ');
  for (const [name, value] of Object.entries({ q, ...plan.parameters })) searchParams.set(name, value);
  return `${base}${pathname}?${searchParams}`;
}
