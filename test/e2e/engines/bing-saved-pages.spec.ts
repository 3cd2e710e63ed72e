import type { LocalChromeBrowser } from '../../../src/scraping/browser/local-chrome.browser.js';
import { AnswerServer, describeSavedPages, savedPage } from '../../support/saved-pages.js';
import { NEVER, pull, testBrowser, webEngines } from '../../support/searching.js';

const PAGE = '2026-04_search_golang-gopher.html';

/** The facts in the text of the page about its results, read in another way: image, width, height. */
function resultsIn(html: string): [string, number, number][] {
  const text = html.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  const shape = /"purl":"http[^"]+","murl":"([^"]+)"[^>]*?\bexph=(\d+)&expw=(\d+)/g;
  return [...text.matchAll(shape)].map(([, url = '', height, width]) => [url, Number(width), Number(height)]);
}

describeSavedPages('pages of Bing', () => {
  let browser: LocalChromeBrowser;
  let server: AnswerServer;

  beforeAll(async () => {
    browser = testBrowser();
    server = new AnswerServer(({ pathname, searchParams }) => {
      if (pathname !== '/images/search') return null;
      const policy =
        searchParams.get('q') === 'scripts off'
          ? '<meta http-equiv="content-security-policy" content="script-src \'none\'">'
          : '';
      return { type: 'text/html; charset=utf-8', body: `${policy}${savedPage('bing', PAGE)}` };
    });
    await server.open();
  });
  afterAll(async () => {
    await browser.onApplicationShutdown();
    server.close();
  });

  it.each(['scripts on', 'scripts off'])(
    'give all 35 results with %s, in the order of the page, with sizes, and none of the groups',
    async (text) => {
      const { bing } = webEngines(browser, { bingUrl: server.url });
      const candidates = await pull(bing.search({ text, filters: {} }, NEVER));
      const read = candidates.map(({ imageUrl, claimed }) => [imageUrl, claimed?.width, claimed?.height]);
      expect(read).toEqual(resultsIn(savedPage('bing', PAGE)));
      expect(read).toHaveLength(35);
      const lacking = candidates.filter(
        ({ pageUrl, previewUrl, title, site, sourceId }) =>
          !pageUrl?.startsWith('http') || !previewUrl?.startsWith('http') || !title || !site || !sourceId,
      );
      expect(lacking).toEqual([]);
      expect(candidates[0]).toMatchObject({ engine: 'bing', rank: 1, site: 'vectorseek.com' });
    },
  );

  it('link to the next page', async () => {
    const next = server.asked.find(({ pathname }) => pathname === '/images/async');
    expect(next?.searchParams.get('first')).toBe('36');
    expect(next?.searchParams.get('q')).toMatch(/^scripts/);
    expect(next?.searchParams.get('adlt')).toBe('moderate');
  });
});
