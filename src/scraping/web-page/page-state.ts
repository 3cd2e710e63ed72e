import type { PageSigns } from './page-signs.js';

/** The kind of page an engine answered with. */
export type PageState =
  | 'results'
  | 'no_results'
  | 'consent'
  | 'captcha'
  | 'soft_block'
  | 'refused'
  | 'layout_changed'
  | 'loading'
  | 'not_found'
  | 'network_error';

const NOTHING_FOUND =
  /there (are|were) no (\S+ )?results|no (\S+ )?results (found|for)|did not match any|aren.t any (great )?matches|looks like you.ve reached the end|(didn|couldn|could no)['’]?t find any/i;
const ROBOT_CHECK =
  /not a robot|unusual traffic|bots use duckduckgo|made by a human|you are (a )?human|solv(e|ing) the \S*\s?(challenge|captcha)|if this persists, please e-?mail/i;

/** 202 comes with a check for robots instead of results. */
const REFUSALS = new Set([202, 403, 418, 429]);

/**
 * Classifies a page before its results are used.
 * @param found number of results read from it
 */
export function stateOf(signs: PageSigns, found: number): PageState {
  if (signs.url === 'about:blank') return 'loading';
  if (!/^(https?|file):/.test(signs.url)) return 'network_error';
  if (found > 0) return 'results';
  if (signs.hasCaptcha || ROBOT_CHECK.test(signs.text)) return 'captcha';
  if (REFUSALS.has(signs.status)) return 'refused';
  if (signs.status === 404 || signs.status === 410) return 'not_found';
  if (signs.status >= 400) return 'network_error';
  if (NOTHING_FOUND.test(signs.text)) return 'no_results';
  if (signs.isLoading) return 'loading';
  return signs.hasConsent ? 'consent' : 'layout_changed';
}

/** Whether the page may still load something that changes its state. */
export function isUndecided(state: PageState): boolean {
  return ['loading', 'layout_changed', 'soft_block', 'consent'].includes(state);
}

/** Fewer pictures are never results, however few there were before. */
const FEW_PICTURES = 5;

/**
 * Whether a page without results, after pages with some, is their end. Ends look in many ways, but a page
 * with about as many pictures as there were results is full of unreadable ones.
 * @param before results of the first page
 */
export function isEnd(state: PageState, { pictures }: Pick<PageSigns, 'pictures'>, before: number): boolean {
  if (state === 'layout_changed') return pictures < Math.max(FEW_PICTURES, before / 2);
  return saysItIsTheEnd(state);
}

/** Whether a page after others with results says that there are no more. */
export function saysItIsTheEnd(state: PageState): boolean {
  return state === 'no_results' || state === 'not_found';
}
