import type { FilterPlan } from '../filter-support.js';

/** The query with the expressed filters. */
export interface BingQuestion {
  readonly text: string;
  readonly plan: FilterPlan;
}

/** English pages, which can be understood. */
const LANGUAGE = { mkt: 'en-US', setlang: 'en' };

/** The inner size of the browser's window, in pixels. */
export interface WindowSize {
  readonly width: number;
  readonly height: number;
}

/**
 * The address of a page of image results. A page without the size of the window reloads itself with it.
 * @param base base address of Bing, without a slash at its end
 * @param first the first result of the page, counted from 1
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
 * The address of the next page as Bing gives it, with all its parameters, but on our base and for our
 * question, since a saved page names the real Bing and its own query.
 * @returns null if it is no address
 */
export function bingTargetUrl(base: string, { text, plan }: BingQuestion, next: string): string | null {
  if (!URL.canParse(next, 'https://www.bing.com/')) return null;
  const { pathname, searchParams } = new URL(next, 'https://www.bing.com/');
  const q = [text, ...plan.words].join(' ');
  for (const [name, value] of Object.entries({ q, ...plan.parameters })) searchParams.set(name, value);
  return `${base}${pathname}?${searchParams}`;
}
