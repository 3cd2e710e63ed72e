import type { LocalChromeBrowser } from '../../../src/scraping/browser/local-chrome.browser.js';
import { AnswerServer } from '../../support/saved-pages.js';
import { NEVER, pull, searchGoogle, testBrowser, webEngines } from '../../support/searching.js';

/** Ways in which a check for robots navigates to itself. */
const WAYS = {
  'reloads at once': '<script>location.reload()</script>',
  'reloads after a while': '<script>setTimeout(() => location.reload(), 300)</script>',
  'comes in its own place, with a token':
    "<script>addEventListener('load', () => location.replace('?q=cat&sei=' + Math.random()))</script>",
  'refreshes itself': '<meta http-equiv="refresh" content="0">',
  'goes on without saying where from':
    "<meta name=referrer content=no-referrer><script>setTimeout(() => { location.href = '?q=cat&sei=' + Math.random() }, 300)</script>",
} as const;
type Way = keyof typeof WAYS;

const challenge = (way: Way): string =>
  `<html><head><title>cat</title></head><body><noscript><iframe src="/httpservice/retry/enablejs?sei=a"></iframe></noscript><div id="main"></div>${WAYS[way]}</body></html>`;
const RESULTS =
  '<div id="rso"><script>window.W_jd={a:[[0,"document1",["http://thumb.test/1",90,120],["http://img.test/1.jpg",600,800],null,0,"",{}]]}</script></div>';

describe('a check for robots that navigates to itself', () => {
  let browser: LocalChromeBrowser;
  let server: AnswerServer;
  let body: (visit: number) => string;
  let visits = 0;

  beforeAll(async () => {
    browser = testBrowser();
    server = new AnswerServer(({ pathname }) => {
      if (!['/search', '/images/search', '/'].includes(pathname)) return null;
      visits += 1;
      return { type: 'text/html; charset=utf-8', body: body(visits) };
    });
    await server.open();
  });
  beforeEach(() => {
    visits = 0;
  });
  afterAll(async () => {
    server.close();
    await browser.onApplicationShutdown();
  });

  it.each(Object.keys(WAYS) as Way[])('is requested at most three times if Google %s', async (way) => {
    body = () => challenge(way);
    await expect(pull(searchGoogle(browser, server.url, 'cat'))).rejects.toMatchObject({
      code: 'source.blocked',
      context: { reason: 'soft_block' },
    });
    expect(visits).toBeLessThanOrEqual(3);
  });

  it.each(['bing', 'duckduckgo'] as const)('is requested at most three times by %s', async (engine) => {
    body = () => challenge('reloads at once');
    const engines = webEngines(browser, { bingUrl: server.url, duckduckgoUrl: server.url });
    const whole = pull(engines[engine].search({ text: 'cat', filters: {} }, NEVER));
    await expect(whole).rejects.toMatchObject({ code: 'source.layout_changed' });
    expect(visits).toBeLessThanOrEqual(3);
  });

  it.each(Object.keys(WAYS) as Way[])('and then to results gives them: it %s', async (way) => {
    body = (visit) => (visit === 1 ? challenge(way) : RESULTS);
    const found = await pull(searchGoogle(browser, server.url, 'cat'), 1);
    expect(found.map(({ imageUrl }) => imageUrl)).toEqual(['http://img.test/1.jpg']);
  });
});
