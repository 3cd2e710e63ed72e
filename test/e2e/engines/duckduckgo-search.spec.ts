import type { AppError } from '../../../src/jobs/app-error.js';
import type { LocalChromeBrowser } from '../../../src/scraping/browser/local-chrome.browser.js';
import type { ImageSource } from '../../../src/scraping/image-source.port.js';
import { startReplica, type Replica } from '../../replica/replica.ts';
import { AnswerServer, describeSavedPages, savedPage } from '../../support/saved-pages.js';
import { NEVER, pull, testBrowser, webEngines } from '../../support/searching.js';

describe('a search of DuckDuckGo in a real Chrome', () => {
  let browser: LocalChromeBrowser;
  let replica: Replica;
  let duckduckgo: ImageSource;

  beforeAll(async () => {
    browser = testBrowser();
    replica = await startReplica({ web: 'clean', ceiling: 230 });
    ({ duckduckgo } = webEngines(browser, replica));
  });
  afterAll(async () => {
    await browser.onApplicationShutdown();
    await replica.close();
  });

  const search = (text: string) => duckduckgo.search({ text, filters: {} }, NEVER);

  it('finds all results in its order, each once, with all facts of the answers', async () => {
    const candidates = await pull(search('red panda'));
    const served = replica.entries('red panda', 'duckduckgo');
    const read = candidates.map(({ sourceId, imageUrl, pageUrl, title, previewUrl, claimed, rank }) => ({
      sourceId,
      imageUrl,
      pageUrl,
      title,
      previewUrl,
      claimed,
      rank,
    }));
    expect(read).toEqual(
      served.map(({ docId, url, pageUrl, title, previewUrl, width, height }, index) => ({
        sourceId: docId,
        imageUrl: url,
        pageUrl,
        title,
        previewUrl,
        claimed: { width, height },
        rank: index + 1,
      })),
    );
    expect(read).toHaveLength(230);
  });

  it('requests the answers from inside the page, with its token, and only those that are pulled', async () => {
    const before = replica.requests.length;
    await pull(search('otter'), 100);
    const asked = replica.requests.slice(before);
    expect(asked.map(({ kind }) => kind)).toEqual(['search', 'batch']);
    const { searchParams } = new URL(asked[1]?.url ?? '', replica.duckduckgoUrl);
    expect(searchParams.get('vqd')).toMatch(/^4-\d{39}$/);
    expect([searchParams.get('p'), searchParams.get('f')]).toEqual(['1', ',,,,,']);
  });

  it.each([
    ['in seconds', () => '720'],
    ['by a date', () => new Date(Date.now() + 725_000).toUTCString()],
  ])('says for how long it is refused, where the answer does, %s', async (_how, retryAfter) => {
    const server = new AnswerServer(({ pathname }) => {
      if (pathname === '/') return { type: 'text/html', body: '<script>vqd="4-123456789"</script>' };
      if (pathname !== '/i.js') return null;
      return { status: 403, type: 'text/plain', headers: { 'retry-after': retryAfter() }, body: 'no' };
    });
    await server.open();
    const engine = webEngines(browser, { duckduckgoUrl: server.url }).duckduckgo;
    const failure = await pull(engine.search({ text: 'cat', filters: {} }, NEVER)).catch(
      (error: unknown) => error,
    );
    server.close();
    expect(failure).toMatchObject({ code: 'source.blocked', context: { status: 403 } });
    const { retryAfterMs } = (failure as AppError).context;
    expect(Number(retryAfterMs)).toBeGreaterThan(600_000);
    expect(Number(retryAfterMs)).toBeLessThanOrEqual(725_000);
  });

  it.each([
    ['captcha', 'source.blocked'],
    ['no-results', 'source.no_results'],
    ['changed-layout', 'source.layout_changed'],
    ['server-error', 'source.unreachable'],
    ['reset', 'source.unreachable'],
  ])('names %s as %s', async (scenario, code) => {
    await expect(pull(search(`red panda duckduckgo:${scenario}`))).rejects.toMatchObject({
      code,
      context: { engine: 'duckduckgo', found: 0 },
    });
  });

  it('gives the results found before a block, then reports the block', async () => {
    const found: string[] = [];
    const whole = (async () => {
      for await (const batch of search('red panda duckduckgo:block-midway'))
        found.push(...batch.map(({ sourceId }) => sourceId));
    })();
    await expect(whole).rejects.toMatchObject({ code: 'source.blocked', context: { found: 100 } });
    expect(found).toHaveLength(100);
  });

  it.each([
    [
      'a check for robots',
      202,
      '<div class="anomaly-modal__title">Unfortunately, bots use DuckDuckGo too.</div>',
      'source.blocked',
    ],
    ['a page without a token', 200, '<main>cat pictures</main>', 'source.layout_changed'],
  ])('names %s in place of the page', async (_, status, html, code) => {
    const server = new AnswerServer(() => ({ type: 'text/html', body: html, status }));
    await server.open();
    const { duckduckgo: there } = webEngines(browser, { duckduckgoUrl: server.url });
    await expect(pull(there.search({ text: 'cat', filters: {} }, NEVER))).rejects.toMatchObject({ code });
    server.close();
  });
});

describeSavedPages('answers of DuckDuckGo', () => {
  let browser: LocalChromeBrowser;
  beforeAll(() => {
    browser = testBrowser();
  });
  afterAll(() => browser.onApplicationShutdown());

  it.each([
    'vqd="4-123456789"',
    "vqd='4-123456789'",
    'x="/d.js?q=car&vqd=4-123456789&p=1"',
    '{"vqd":"4-123456789"}',
    '{vqd:{"car":"4-123456789"}}',
  ])('give all 4 results to a page with %s', async (script) => {
    const server = new AnswerServer(({ pathname, searchParams }) => {
      if (pathname === '/') return { type: 'text/html', body: `<script type="x">${script}</script>` };
      if (pathname !== '/i.js' || searchParams.get('vqd') !== '4-123456789') return null;
      return {
        type: 'application/javascript',
        body: savedPage('duckduckgo', 'i.js_assembled-from-real-items.json'),
      };
    });
    await server.open();
    const { duckduckgo } = webEngines(browser, { duckduckgoUrl: server.url });
    const candidates = await pull(duckduckgo.search({ text: 'car', filters: {} }, NEVER));
    expect(candidates.map(({ claimed }) => [claimed?.width, claimed?.height])).toEqual([
      [1024, 538],
      [1080, 1067],
      [923, 1024],
      [4044, 3860],
    ]);
    expect(candidates.map(({ site }) => site)).toEqual([
      'topcashback.co.uk',
      'pinterest.com',
      'reddit.com',
      'en.wikipedia.org',
    ]);
    const next = server.asked.find(({ searchParams }) => searchParams.get('s') === '100');
    expect(next?.searchParams.get('q')).toBe('car');
    server.close();
  });
});
