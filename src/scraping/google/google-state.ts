import { isUndecided, type PageState, stateOf } from '../web-page/page-state.js';
import type { GoogleFacts } from './google-facts.js';

/** Google's own page about unusual traffic. */
const SORRY_PAGE = /^https?:\/\/[^/]+\/sorry\b/;
/** A page without results may hold this much and still count as empty. */
const LITTLE_TEXT = 400;
const FEW_ELEMENTS = 15;

/**
 * Tells what a page of Google is before anything is taken from it: consent is asked for on a page without results,
 * and a page with nothing but the advice to switch scripts on is a block.
 * @param found how many results were read from it
 */
export function googleStateOf(facts: GoogleFacts, found: number): PageState {
  if (facts.hasConsent && found === 0) return 'consent';
  const hasCaptcha = facts.hasCaptcha || SORRY_PAGE.test(facts.url);
  const state = stateOf({ ...facts, hasCaptcha }, found);
  const isUnclear = state === 'loading' || state === 'layout_changed';
  return isUnclear && facts.asksForScript && isBare(facts) ? 'soft_block' : state;
}

/** Whether more of the page may still come and change what it is; Google's consent page stays as it is. */
export function isUndecidedGoogle(state: PageState): boolean {
  return state !== 'consent' && isUndecided(state);
}

/** A good page asks for JavaScript too, so only one with next to nothing else is a block. */
function isBare({ hasResultsPlace, elements, text }: GoogleFacts): boolean {
  return !hasResultsPlace && elements <= FEW_ELEMENTS && text.length < LITTLE_TEXT;
}
