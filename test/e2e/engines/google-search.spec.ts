import { AppError } from '../../../src/jobs/app-error.js';
import { BROWSER_DEFAULTS } from '../../../src/scraping/browser/browser-options.js';
import type { LocalChromeBrowser } from '../../../src/scraping/browser/local-chrome.browser.js';
import { startReplica, type Replica } from '../../replica/replica.ts';
import { pull, searchGoogle, testBrowser } from '../../support/searching.js';
import { until } from '../../support/until.js';

describe('a search of Google in a real Chrome', () => {
  let browser: LocalChromeBrowser;
  let replica: Replica;

  beforeAll(async () => {
    browser = testBrowser();
    replica = await startReplica({ web: 'clean', pageSize: 60, ceiling: 290, slowMs: 1500 });
  });
  afterAll(async () => {
    await browser.onApplicationShutdown();
    await replica.close();
  });

  const search = (query: string, signal?: AbortSignal) =>
    searchGoogle(browser, replica.googleUrl, query, signal);
  const failureOf = async (query: string): Promise<AppError> => {
    const error = await pull(search(query)).catch((reason: unknown) => reason);
    if (error instanceof AppError) return error;
    throw new Error(`no failure but ${String(error)}`);
  };
  const asked = (kind: string, from: number) =>
    replica.requests.slice(from).filter((request) => request.kind === kind).length;

  it.each(['usual', 'layout-2024', 'layout-2022', 'more-link'])(
    'finds all results of a page of %s, in its order, each once, with everything the page says',
    async (scenario) => {
      const query = `red panda scenario:${scenario}`;
      const candidates = await pull(search(query));
      const served = replica.entries(query);
      expect(candidates.map((candidate) => candidate.imageUrl)).toEqual(served.map((entry) => entry.url));
      expect(candidates.map((candidate) => candidate.rank)).toEqual(served.map((_, index) => index + 1));
      expect(
        candidates.map(({ sourceId, pageUrl, title, claimed }) => ({ sourceId, pageUrl, title, claimed })),
      ).toEqual(
        served.map(({ docId, pageUrl, title, width, height }) => ({
          sourceId: docId,
          pageUrl,
          title,
          claimed: { width, height },
        })),
      );
    },
  );

  it('gives a candidate without an image address if the page does not name it', async () => {
    const query = 'red panda scenario:panel-only results:50';
    const candidates = await pull(search(query));
    const served = replica.entries(query);
    expect(candidates.map((candidate) => candidate.sourceId)).toEqual(served.map((entry) => entry.docId));
    expect(candidates.map((candidate) => candidate.pageUrl)).toEqual(served.map((entry) => entry.pageUrl));
    expect(new Set(candidates.map((candidate) => candidate.imageUrl))).toEqual(new Set([null]));
  });

  it('requests only the pages that are pulled', async () => {
    const before = replica.requests.length;
    const candidates = await pull(search('otter'), 60);
    expect(candidates).toHaveLength(60);
    expect(asked('search', before) + asked('batch', before)).toBe(1);
  });

  it('loads neither previews nor images', async () => {
    const before = replica.requests.length;
    await pull(search('lynx'));
    expect(asked('thumbnail', before) + asked('image', before)).toBe(0);
  });

  it('rejects the cookies of the consent wall, and goes on', async () => {
    const candidates = await pull(search('red panda scenario:consent'), 60);
    expect(candidates).toHaveLength(60);
    expect(replica.stats()).toMatchObject({ consentRejected: 1, consentAccepted: 0 });
  });

  it.each([
    ['consent-loop', 'source.consent_wall'],
    ['captcha', 'source.blocked'],
    ['soft-block', 'source.blocked'],
    ['no-results', 'source.no_results'],
    ['changed-layout', 'source.layout_changed'],
    ['server-error', 'source.unreachable'],
    ['reset', 'source.unreachable'],
  ])('names %s as %s', async (scenario, code) => {
    const failure = await failureOf(`red panda scenario:${scenario}`);
    expect(failure.code).toBe(code);
    expect(replica.stats().captchaAttempts).toBe(0);
  });

  it('gives the results found before a block, then reports the block', async () => {
    const found: string[] = [];
    const whole = (async () => {
      for await (const batch of search('red panda scenario:block-midway'))
        found.push(...batch.map((candidate) => candidate.sourceId));
    })();
    await expect(whole).rejects.toMatchObject({ code: 'source.blocked', context: { found: 60 } });
    expect(found).toHaveLength(60);
  });

  it('waits for a slow page', async () => {
    expect(await pull(search('red panda scenario:slow'), 60)).toHaveLength(60);
  });

  it('calls a server that does not answer unreachable', async () => {
    const impatient = testBrowser({ pageTimeoutMs: 1000 });
    const whole = pull(searchGoogle(impatient, replica.googleUrl, 'red panda scenario:hang'));
    await expect(whole).rejects.toMatchObject({ code: 'source.unreachable', context: { reason: 'timeout' } });
    await impatient.onApplicationShutdown();
  });

  it('searches for several jobs at once', async () => {
    const queries = ['badger', 'heron', 'stoat'];
    const found = await Promise.all(queries.map((query) => pull(search(query), 120)));
    const served = queries.map((query) => replica.entries(query).slice(0, 120));
    expect(found.map((candidates) => candidates.map((candidate) => candidate.sourceId))).toEqual(
      served.map((entries) => entries.map((entry) => entry.docId)),
    );
  });

  it('stops at once when its signal aborts while a page loads', async () => {
    const stop = new AbortController();
    const whole = pull(search('red panda scenario:hang', stop.signal)).catch((error: unknown) => error);
    await until('the page is asked for', () =>
      replica.requests.some(({ url, status }) => url.includes('hang') && status === null),
    );
    const from = performance.now();
    stop.abort(new Error('the job is cancelled'));
    expect(await whole).toBe(stop.signal.reason);
    // Half the deadline of a page.
    expect(performance.now() - from).toBeLessThan(BROWSER_DEFAULTS.pageTimeoutMs / 2);
  });
});
