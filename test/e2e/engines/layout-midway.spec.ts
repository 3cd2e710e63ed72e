import type { LocalChromeBrowser } from '../../../src/scraping/browser/local-chrome.browser.js';
import { AnswerServer, type ServedAnswer } from '../../support/saved-pages.js';
import { NEVER, pull, searchGoogle, testBrowser, webEngines } from '../../support/searching.js';

const html = (body: string): ServedAnswer => ({ type: 'text/html; charset=utf-8', body });
const many = (make: (n: number) => string): string => Array.from({ length: 12 }, (_, n) => make(n)).join('');
/** Pages of unreadable pictures, and ends of results: a few pictures and icons, a menu full of them. */
const UNREADABLE = html(`<main>${many((n) => `<div><img src="/t${n}.jpg" alt="cat"></div>`)}</main>`);
const menu = many((n) => `<img src="/m${n}.jpg"><img src="/i.png" width="16" height="16">`);
const END = html(
  `<nav>${menu}</nav><main><img src="/1.jpg">${many(() => '<img src="/i.png" width="16">')}</main>`,
);

describe('a page without readable results, after others with some', () => {
  let browser: LocalChromeBrowser;
  let server: AnswerServer;
  let further: ServedAnswer;

  beforeAll(async () => {
    browser = testBrowser();
    server = new AnswerServer(({ pathname, searchParams }) => {
      if (pathname === '/') return html('<script>vqd="4-123456789"</script>');
      if (pathname === '/i.js')
        return searchParams.has('s') ? further : { type: 'application/json', body: ANSWER };
      if (pathname === '/images/search') return searchParams.get('first') === '1' ? html(BING) : further;
      if (pathname === '/search') return searchParams.has('start') ? further : html(GOOGLE);
      return null;
    });
    await server.open();
  });
  afterAll(async () => {
    server.close();
    await browser.onApplicationShutdown();
  });

  const ANSWER = JSON.stringify({
    results: [{ image: 'http://img.test/1.jpg', url: 'http://site.test/1' }],
    next: 'i.js?s=100',
  });
  const BING = many(
    (n) =>
      `<li><a m='{"mid":"${n}","purl":"http://site.test/${n}","murl":"http://img.test/${n}.jpg"}'>o</a></li>`,
  );
  const RECORD = (n: number): string =>
    `[0,"document${n}",["http://thumb.test/${n}",90,120],["http://img.test/${n}.jpg",600,800],null,0,"",{}],`;
  const GOOGLE = `<div id="rso"><script>window.W_jd={a:[${many(RECORD)}]}</script></div>`;

  const searches = {
    google: () => searchGoogle(browser, server.url, 'cat'),
    bing: () => webEngines(browser, { bingUrl: server.url }).bing.search({ text: 'cat', filters: {} }, NEVER),
    duckduckgo: () =>
      webEngines(browser, { duckduckgoUrl: server.url }).duckduckgo.search(
        { text: 'cat', filters: {} },
        NEVER,
      ),
  };

  it.each(['google', 'bing', 'duckduckgo'] as const)(
    'of %s is a changed layout where it is full of pictures',
    async (engine) => {
      further = UNREADABLE;
      const found = engine === 'duckduckgo' ? 1 : 12;
      await expect(pull(searches[engine]())).rejects.toMatchObject({
        code: 'source.layout_changed',
        context: { engine, found },
      });
    },
  );

  it.each(['google', 'bing'] as const)('of %s is their end where it is not', async (engine) => {
    further = END;
    expect(await pull(searches[engine]())).toHaveLength(12);
  });
});
