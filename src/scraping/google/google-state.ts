import { isUndecided, type PageState, stateOf } from '../web-page/page-state.js';
import type { GoogleFacts } from './google-facts.js';

/** Google's own page about unusual traffic. */
const SORRY_PAGE = /^https?:\/\/[^/]+\/sorry\b/;
/** A page without results may hold this much and still count as empty. */
const LITTLE_TEXT = 400;
const FEW_ELEMENTS = 15;

/**
 * Classifies a page of Google before its results are used. Google asks for consent on a page of its own, and
 * a page with nothing but the advice to switch scripts on is a block.
 * @param found number of results read from it
 */
export function googleStateOf(facts: GoogleFacts, found: number): PageState {
  if (facts.hasConsent && found === 0) return 'consent';
  const hasCaptcha = facts.hasCaptcha || SORRY_PAGE.test(facts.url);
  const state = stateOf({ ...facts, hasCaptcha }, found);
  const isUnclear = state === 'loading' || state === 'layout_changed';
  return isUnclear && facts.asksForScript && isBare(facts) ? 'soft_block' : state;
}

/**
 * Whether the page may still load something that changes its state; Google's consent page does not change.
 */
export function isUndecidedGoogle(state: PageState): boolean {
  return state !== 'consent' && isUndecided(state);
}

/** Good pages ask for JavaScript too, so only an almost empty one is a block. */
function isBare({ hasResultsPlace, elements, text }: GoogleFacts): boolean {
  return !hasResultsPlace && elements <= FEW_ELEMENTS && text.length < LITTLE_TEXT;
}
