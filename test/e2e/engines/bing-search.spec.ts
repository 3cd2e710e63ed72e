import type { LocalChromeBrowser } from '../../../src/scraping/browser/local-chrome.browser.js';
import type { ImageSource } from '../../../src/scraping/image-source.port.js';
import { startReplica, type Replica } from '../../replica/replica.ts';
import { AnswerServer } from '../../support/saved-pages.js';
import { NEVER, pull, testBrowser, webEngines } from '../../support/searching.js';

const HTML = 'text/html; charset=utf-8';
const ITEM = (n: number): string =>
  `<li><a class="x" m='{"mid":"id${n}","purl":"http://site.test/${n}","murl":"http://img.test/${n}.jpg","t":"cat ${n}"}' href="/images/search?exph=30&amp;expw=40">o</a></li>`;
const BANNER = (reject: string): string =>
  `<div id="bnp_container"><div><button id="bnp_btn_accept" onclick="document.title='accepted'">Accept</button>${reject}</div></div>`;

describe('a search of Bing in a real Chrome', () => {
  let browser: LocalChromeBrowser;
  let replica: Replica;
  let bing: ImageSource;

  beforeAll(async () => {
    browser = testBrowser();
    replica = await startReplica({ web: 'clean', ceiling: 90, slowMs: 1500 });
    ({ bing } = webEngines(browser, replica));
  });
  afterAll(async () => {
    await browser.onApplicationShutdown();
    await replica.close();
  });

  const search = (text: string) => bing.search({ text, filters: {} }, NEVER);

  it('finds all results in its order, each once, with all facts of the page', async () => {
    const candidates = await pull(search('red panda'));
    const served = replica.entries('red panda', 'bing');
    const read = candidates.map(({ imageUrl, pageUrl, title, previewUrl, claimed, rank }) => ({
      imageUrl,
      pageUrl,
      title,
      previewUrl,
      claimed,
      rank,
    }));
    expect(read).toEqual(
      served.map(({ url, pageUrl, title, previewUrl, width, height }, index) => ({
        imageUrl: url,
        pageUrl,
        title,
        previewUrl,
        claimed: { width, height },
        rank: index + 1,
      })),
    );
    expect(read).toHaveLength(90);
  });

  it('tells the size of its window, so that the page does not reload itself', async () => {
    const told: string[] = [];
    const script = `<script>
      const here = new URL(location.href);
      const size = [document.documentElement.clientWidth, window.innerHeight];
      document.querySelector('a').setAttribute('t1', String(size));
      if (!here.searchParams.has('cw')) location.replace(here.href + '&cw=' + size[0] + '&ch=' + size[1]);
    </script>`;
    const server = new AnswerServer(({ pathname, searchParams }) => {
      if (pathname !== '/images/search') return null;
      told.push(`${searchParams.get('cw')},${searchParams.get('ch')}`);
      return { type: HTML, body: `<ul>${ITEM(1).replace(',"t":"cat 1"', '')}</ul>${script}` };
    });
    await server.open();
    const engine = webEngines(browser, { bingUrl: server.url }).bing;
    const found = await pull(engine.search({ text: 'cat', filters: {} }, NEVER), 1);
    server.close();
    expect(told).toEqual([found[0]?.title]);
  });

  it('finds the data of results under any attribute name, and decodes the entities of their titles', async () => {
    const item = ITEM(1)
      .replace(" m='", " data-z='")
      .replace('cat 1', 'cat &amp;amp; 1')
      .replace('?exph', '?mediaurl=http%3A%2F%2Fimg.test%2F1.jpg&amp;exph');
    const server = new AnswerServer(({ pathname }) =>
      pathname === '/images/search' ? { type: HTML, body: `<ul>${item}</ul>` } : null,
    );
    await server.open();
    const there = webEngines(browser, { bingUrl: server.url }).bing;
    await expect(pull(there.search({ text: 'cat', filters: {} }, NEVER), 1)).resolves.toMatchObject([
      { imageUrl: 'http://img.test/1.jpg', pageUrl: 'http://site.test/1', title: 'cat & 1' },
    ]);
    server.close();
  });

  it('requests only the pages that are pulled, and loads no pictures', async () => {
    const before = replica.requests.length;
    expect(await pull(search('otter'), 35)).toHaveLength(35);
    expect(replica.requests.slice(before).map(({ kind }) => kind)).toEqual(['search']);
  });

  it.each([
    ['captcha', 'source.blocked'],
    ['no-results', 'source.no_results'],
    ['changed-layout', 'source.layout_changed'],
    ['server-error', 'source.unreachable'],
    ['reset', 'source.unreachable'],
  ])('names %s as %s', async (scenario, code) => {
    await expect(pull(search(`red panda bing:${scenario}`))).rejects.toMatchObject({
      code,
      context: code === 'source.unreachable' ? {} : { engine: 'bing', found: 0 },
    });
  });

  it('gives the results found before a block, then reports the block', async () => {
    const found: string[] = [];
    const whole = (async () => {
      for await (const batch of search('red panda bing:block-midway'))
        found.push(...batch.map(({ sourceId }) => sourceId));
    })();
    await expect(whole).rejects.toMatchObject({ code: 'source.blocked', context: { found: 35 } });
    expect(found).toHaveLength(35);
  });

  it('rejects cookies if it can, and never accepts them', async () => {
    const reject = `<button id="bnp_btn_reject" onclick="document.cookie='refused=1'">Reject</button>`;
    const answers: Readonly<Record<string, string>> = {
      refusable: `${BANNER(reject)}<main></main>`,
      behind: `${BANNER('')}<ul>${ITEM(1)}${ITEM(2)}</ul>`,
      wall: `${BANNER('')}<main></main>`,
    };
    let refusals = 0;
    const server = new AnswerServer(({ searchParams }) => {
      const q = searchParams.get('q') ?? '';
      if (q === 'refusable' && searchParams.get('first') === '1' && (refusals += 1) > 1)
        return { type: HTML, body: `<ul>${ITEM(1)}</ul><i data-nexturl=""></i>` };
      return { type: HTML, body: answers[q] ?? '' };
    });
    await server.open();
    const ask = (text: string) =>
      pull(webEngines(browser, { bingUrl: server.url }).bing.search({ text, filters: {} }, NEVER));
    expect(await ask('refusable')).toHaveLength(1);
    expect(await ask('behind')).toHaveLength(2);
    await expect(ask('wall')).rejects.toMatchObject({ code: 'source.consent_wall' });
    server.close();
  });
});
