import { googleFilters } from '../../../../src/scraping/google/google-filters.js';
import {
  googleTargetUrl,
  type GoogleQuestion,
  googleSearchUrl,
  startOfLink,
} from '../../../../src/scraping/google/google-url.js';

const about = (text: string): GoogleQuestion => ({ text, plan: googleFilters({}) });

describe('the addresses of Google', () => {
  it('ask for images, in English, in any script', () => {
    expect(googleSearchUrl('https://www.google.com', about('Kaffee & "çay" 貓'))).toBe(
      'https://www.google.com/search?q=Kaffee+%26+%22%C3%A7ay%22+%E8%B2%93&udm=2&hl=en&gl=us',
    );
  });

  it('begin later for a later page', () => {
    expect(
      new URL(googleSearchUrl('http://127.0.0.1:9/base', about('cat'), 20)).searchParams.get('start'),
    ).toBe('20');
    expect(googleSearchUrl('http://127.0.0.1:9/base', about('cat'), 20)).toMatch(
      /^http:\/\/127\.0\.0\.1:9\/base\/search\?/,
    );
  });

  it('never leave the base, even if a saved page links to the real Google', () => {
    const link = 'https://www.google.com/search?q=other&udm=2&ei=abc&start=10&sa=N';
    expect(googleTargetUrl('http://127.0.0.1:9', about('cat'), link, 30)).toBe(
      'http://127.0.0.1:9/search?q=cat&udm=2&ei=abc&start=30&sa=N',
    );
  });

  it.each([
    [null, null],
    ['no address', null],
    ['https://www.google.com/search?q=cat', null],
    ['https://www.google.com/search?start=ten', null],
    ['https://www.google.com/search?start=-10', null],
    ['https://www.google.com/search?start=10', 10],
  ])('%s begins at %s', (href, start) => {
    expect(startOfLink(href)).toBe(start);
  });
});
