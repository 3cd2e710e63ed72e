import type { PageFacts } from './page-facts.js';

/** What kind of page Google answered with. */
export type GooglePageState =
  | 'results'
  | 'no_results'
  | 'consent'
  | 'captcha'
  | 'soft_block'
  | 'refused'
  | 'layout_changed'
  | 'loading'
  | 'network_error';

/** The query is sent with `hl=en`, so this is the language to expect. */
const NOTHING_FOUND =
  /did not match any|aren.t any (great )?matches|no results found|no (image )?results for|looks like you.ve reached the end/i;
const UNUSUAL_TRAFFIC = /unusual traffic|solving the above captcha/i;

/** What a page without results may hold and still count as empty. */
const LITTLE_TEXT = 400;
const FEW_ELEMENTS = 15;

/**
 * Tells what a page is before anything is taken from it.
 * @param found how many results were read from it
 */
export function googleStateOf(facts: PageFacts, found: number): GooglePageState {
  if (facts.url === 'about:blank') return 'loading';
  if (!/^(https?|file):/.test(facts.url)) return 'network_error';
  if (found > 0) return 'results';
  if (facts.hasConsentForm) return 'consent';
  if (isCaptcha(facts)) return 'captcha';
  if (facts.status === 403 || facts.status === 429) return 'refused';
  if (facts.status >= 400) return 'network_error';
  if (NOTHING_FOUND.test(facts.text)) return 'no_results';
  if (facts.asksForScript && isBare(facts)) return 'soft_block';
  return facts.isLoading ? 'loading' : 'layout_changed';
}

/** Whether more of the page may still come and change what it is. */
export function isUndecidedGoogle(state: GooglePageState): boolean {
  return state === 'loading' || state === 'layout_changed' || state === 'soft_block';
}

/** A good page asks for JavaScript too, so only one with next to nothing else is a block. */
function isBare({ hasResultsPlace, elements, text }: PageFacts): boolean {
  return !hasResultsPlace && elements <= FEW_ELEMENTS && text.length < LITTLE_TEXT;
}

function isCaptcha(facts: PageFacts): boolean {
  return (
    facts.hasCaptcha || new URL(facts.url).pathname.startsWith('/sorry') || UNUSUAL_TRAFFIC.test(facts.text)
  );
}
