import { failureOf } from '../../../../src/scraping/web-page/page-failures.js';
import { NO_SIGNS, type PageSigns } from '../../../../src/scraping/web-page/page-signs.js';
import { isEnd, isUndecided, type PageState, stateOf } from '../../../../src/scraping/web-page/page-state.js';

const signs = (changes: Partial<PageSigns>): PageSigns => ({
  ...NO_SIGNS,
  url: 'https://www.bing.com/images/search?q=cat',
  status: 200,
  isLoading: false,
  ...changes,
});

describe('the state of a page without results', () => {
  it.each<[PageState, Partial<PageSigns>]>([
    ['loading', { url: 'about:blank' }],
    ['loading', { isLoading: true }],
    ['network_error', { url: 'chrome-error://chromewebdata/', status: 0 }],
    ['network_error', { status: 503 }],
    ['captcha', { hasCaptcha: true }],
    ['captcha', { status: 202, text: 'Unfortunately, bots use DuckDuckGo too.' }],
    ['captcha', { text: 'Please verify that you are not a robot', hasConsent: true }],
    ['captcha', { text: 'One last step. Please solve the challenge below to continue' }],
    ['captcha', { text: 'If this persists, please e-mail us.', status: 403 }],
    ['refused', { status: 202 }],
    ['refused', { status: 403 }],
    ['refused', { status: 429, text: 'Too many requests' }],
    ['not_found', { status: 404 }],
    ['no_results', { text: 'There are no results for zxqv' }],
    ['no_results', { text: 'There are no image results for zxqv', hasConsent: true }],
    ['no_results', { text: 'No results found for zxqv.' }],
    ['no_results', { text: 'We didn’t find any results' }],
    ['consent', { hasConsent: true, text: 'Microsoft and our third-party vendors use cookies' }],
    ['layout_changed', { text: 'cat pictures' }],
  ])('is %s for %j', (state, changes) => {
    expect(stateOf(signs(changes), 0)).toBe(state);
  });

  it('is results if there are some, whatever else the page holds', () => {
    expect(stateOf(signs({ hasCaptcha: true, hasConsent: true, isLoading: true }), 1)).toBe('results');
  });
});

describe('each state', () => {
  const STATES = [
    ['no_results', 'source.no_results'],
    ['consent', 'source.consent_wall'],
    ['captcha', 'source.blocked'],
    ['refused', 'source.blocked'],
    ['layout_changed', 'source.layout_changed'],
    ['not_found', 'source.layout_changed'],
    ['loading', 'source.unreachable'],
    ['network_error', 'source.unreachable'],
  ] as const;

  it.each(STATES)('%s is named %s', (state, code) => {
    expect(failureOf('bing', state, signs({ status: 500 }), 7)).toMatchObject({
      code,
      context: { engine: 'bing', found: 7 },
    });
  });

  it('may change, or is the end of results, or neither', () => {
    const states = STATES.map(([state]) => state);
    expect(states.filter(isUndecided)).toEqual(['consent', 'layout_changed', 'loading']);
    const few = { pictures: 3 };
    expect(states.filter((state) => isEnd(state, few, 35))).toEqual([
      'no_results',
      'layout_changed',
      'not_found',
    ]);
  });

  it.each([
    [17, 35, true],
    [18, 35, false],
    [4, 4, true],
    [5, 4, false],
  ])(
    'a page of %d pictures that cannot be read, after one of %d results, is their end: %s',
    (pictures, before, ends) => {
      expect(isEnd('layout_changed', { pictures }, before)).toBe(ends);
      expect(isEnd('no_results', { pictures }, before)).toBe(true);
    },
  );
});
