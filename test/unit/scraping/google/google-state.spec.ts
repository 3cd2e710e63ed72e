import type { GoogleFacts } from '../../../../src/scraping/google/google-facts.js';
import { isUndecidedGoogle, googleStateOf } from '../../../../src/scraping/google/google-state.js';
import { sampleFacts } from './sample-facts.js';

const SOFT_BLOCK = { asksForScript: true, elements: 1, text: '' };

describe('the state of a page without results', () => {
  it.each<[string, Partial<GoogleFacts>]>([
    ['consent', { url: 'https://consent.google.com/ml?continue=x', hasConsent: true }],
    ['consent', { hasConsent: true, asksForScript: true, elements: 3 }],
    ['captcha', { url: 'https://www.google.com/sorry/index?continue=x', status: 429 }],
    ['captcha', { hasCaptcha: true, status: 429 }],
    ['captcha', { text: 'Our systems have detected unusual traffic from your computer network.' }],
    ['refused', { status: 429 }],
    ['refused', { status: 403, asksForScript: true, elements: 1 }],
    ['network_error', { status: 503, text: 'Service unavailable' }],
    ['network_error', { url: 'chrome-error://chromewebdata/', status: 0 }],
    ['no_results', { text: 'Your search - zxqv - did not match any documents.\nSuggestions:' }],
    ['no_results', { text: 'Your search - zxqv - did not match any image results.', asksForScript: true }],
    ['no_results', { text: 'It looks like there aren’t any great matches for your search' }],
    ['soft_block', SOFT_BLOCK],
    ['layout_changed', { ...SOFT_BLOCK, hasResultsPlace: true }],
    ['layout_changed', { ...SOFT_BLOCK, elements: 60 }],
    ['layout_changed', { ...SOFT_BLOCK, text: 'words '.repeat(100) }],
    ['layout_changed', { text: 'cat pictures' }],
    ['layout_changed', { status: 0 }],
    ['loading', { isLoading: true }],
    ['loading', { url: 'about:blank' }],
  ])('is %s for %j', (state, facts) => {
    expect(googleStateOf(sampleFacts(facts), 0)).toBe(state);
  });

  it('is results if there are some, whatever else the page holds', () => {
    const facts = sampleFacts({
      hasConsent: true,
      hasCaptcha: true,
      asksForScript: true,
      isLoading: true,
    });
    expect(googleStateOf(facts, 1)).toBe('results');
  });

  it('may change only if the page may still load something', () => {
    const states = [
      'loading',
      'soft_block',
      'layout_changed',
      'results',
      'no_results',
      'consent',
      'captcha',
    ] as const;
    expect(states.filter(isUndecidedGoogle)).toEqual(['loading', 'soft_block', 'layout_changed']);
  });
});
