import { Browser, Tab } from '../../../src/scraping/browser/browser.port.js';
import { DuckDuckGoSource } from '../../../src/scraping/duckduckgo/duckduckgo.source.js';
import { BingSource } from '../../../src/scraping/bing/bing.source.js';
import { GoogleSource } from '../../../src/scraping/google/google.source.js';
import type { LocalChromeBrowser } from '../../../src/scraping/browser/local-chrome.browser.js';
import { AnswerServer, type ServedAnswer } from '../../support/saved-pages.js';
import { NEVER, pull, testBrowser } from '../../support/searching.js';

const RESULTS = 6;
const LONG = 'red panda '.repeat(100_000);
/** The output of a page of short facts, many times over. */
const MOST_FROM_PAGE = 300_000;

/** Measures the output of another tab's pages. */
class WeighedTab extends Tab {
  constructor(
    private readonly tab: Tab,
    private readonly weigh: (length: number) => void,
  ) {
    super();
  }
  override go = (url: string): Promise<void> => this.tab.go(url);
  override close = (): Promise<void> => this.tab.close();
  override async run(script: string, ...args: readonly unknown[]): Promise<unknown> {
    const answer = await this.tab.run(script, ...args);
    this.weigh(JSON.stringify(answer ?? null).length);
    return answer;
  }
}

/** Lends the tabs of another browser, and notes the largest output of a page. */
class WeighedBrowser extends Browser {
  most = 0;
  constructor(private readonly browser: Browser) {
    super();
  }
  override ping = (): Promise<void> => this.browser.ping();
  override async openTab(signal: AbortSignal): Promise<Tab> {
    const tab = await this.browser.openTab(signal);
    return new WeighedTab(tab, (length) => (this.most = Math.max(this.most, length)));
  }
}

const html = (body: string): ServedAnswer => ({ type: 'text/html; charset=utf-8', body });
const many = (make: (n: number) => string): string =>
  Array.from({ length: RESULTS }, (_, n) => make(n)).join('');

const record = (n: number): string =>
  JSON.stringify([
    0,
    `document${n}`,
    ['http://thumb.test/1', 90, 120],
    [`http://img.test/${n}.jpg`, 600, 800],
    null,
    0,
    '',
    {
      2003: [null, '', `http://site.test/${n}`, LONG],
    },
  ]);
const inMemory = (records: string): string => `<div id="rso"><script>window.W_jd=[${records}]</script></div>`;
const inScripts = (records: string): string =>
  `<div id="rso">${many((n) => `<div data-docid="document${n}"><img alt="${LONG}"></div>`)}
    <script type="text/plain">[${records}]</script></div>`;
const item = (n: number): string =>
  JSON.stringify({
    mid: `${n}`,
    purl: `http://site.test/${n}`,
    murl: `http://img.test/${n}.jpg`,
    t: LONG,
    desc: LONG,
  });

describe('titles of a megabyte', () => {
  let chrome: LocalChromeBrowser;
  let browser: WeighedBrowser;
  let server: AnswerServer;
  let google = '';

  beforeAll(async () => {
    chrome = testBrowser();
    server = new AnswerServer(({ pathname, searchParams }) => {
      if (pathname === '/search') return searchParams.has('start') ? html('') : html(google);
      if (pathname === '/images/search')
        return html(many((n) => `<li><a m='${item(n)}' t1="${LONG}">o</a></li>`));
      if (pathname === '/') return html('<script>vqd="4-123456789"</script>');
      const results = Array.from({ length: RESULTS }, (_, n) => ({
        image: `http://img.test/${n}.jpg`,
        title: LONG,
      }));
      return pathname === '/i.js' ? { type: 'application/json', body: JSON.stringify({ results }) } : null;
    });
    await server.open();
  });
  beforeEach(() => (browser = new WeighedBrowser(chrome)));
  afterAll(async () => {
    server.close();
    await chrome.onApplicationShutdown();
  });

  const query = { text: 'cat', filters: {} };
  const searchGoogle = (page: (records: string) => string) => {
    google = page(Array.from({ length: RESULTS }, (_, n) => record(n)).join(','));
    return new GoogleSource(browser, { googleUrl: server.url }).search(query, NEVER);
  };
  const searches = {
    'a page of Google that has them in its memory': () => searchGoogle(inMemory),
    'a page of Google that has them in its scripts': () => searchGoogle(inScripts),
    'a page of Bing': () => new BingSource(browser, { bingUrl: server.url }).search(query, NEVER),
    'an answer of DuckDuckGo': () =>
      new DuckDuckGoSource(browser, { duckduckgoUrl: server.url }).search(query, NEVER),
  };

  it.each(Object.entries(searches))('do not leave %s', async (_where, search) => {
    const found = await pull(search(), RESULTS);
    expect(found.map(({ imageUrl, title }) => [imageUrl, title?.slice(0, 20)])).toEqual(
      Array.from({ length: RESULTS }, (_, n) => [`http://img.test/${n}.jpg`, LONG.slice(0, 20)]),
    );
    expect(browser.most).toBeLessThan(MOST_FROM_PAGE);
  });
});
