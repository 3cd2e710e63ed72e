import type { LocalChromeBrowser } from '../../../src/scraping/browser/local-chrome.browser.js';
import { GoogleSource } from '../../../src/scraping/google/google.source.js';
import type { FoundCandidate, ShownOriginal } from '../../../src/scraping/found-candidate.js';
import { type Replica, startReplica } from '../../replica/replica.ts';
import { NEVER, testBrowser } from '../../support/searching.js';

describe('originals that Google shows only in an open tile', () => {
  let browser: LocalChromeBrowser;
  let replica: Replica;

  beforeAll(async () => {
    browser = testBrowser();
    replica = await startReplica({ web: 'clean', pageSize: 40, ceiling: 80 });
  });
  afterAll(async () => {
    await browser.onApplicationShutdown();
    await replica.close();
  });

  /** Resolves the originals of the first results of a query, while the search is open. */
  async function originals(query: string, count: number): Promise<(ShownOriginal | null)[]> {
    const source = new GoogleSource(browser, { googleUrl: replica.googleUrl });
    const found: (ShownOriginal | null)[] = [];
    let first: FoundCandidate | null = null;
    for await (const batch of source.search({ text: query, filters: {} }, NEVER)) {
      for (const candidate of batch.slice(0, count)) found.push((await candidate.resolve?.()) ?? null);
      first = batch[0] ?? null;
      break;
    }
    if (first !== null) expect(await first.resolve?.()).toBeNull();
    return found;
  }

  it.each([
    ['panel-only', 'panel'],
    ['no-urls', 'link'],
  ] as const)('are read one at a time: %s', async (scenario, foundBy) => {
    const query = `kites scenario:${scenario}`;
    const found = await originals(query, 12);
    expect(found.map((original) => original?.imageUrl)).toEqual(
      replica
        .entries(query)
        .slice(0, 12)
        .map(({ url }) => url),
    );
    expect(found.map((original) => original?.foundBy)).toContain(foundBy);
    expect(replica.requests.filter(({ kind }) => kind === 'panel').length).toBeLessThanOrEqual(40);
  });

  it('are given up soon if no panel shows them', async () => {
    const from = replica.requests.length;
    expect(await originals('kites scenario:page-only', 12)).toEqual(Array.from({ length: 12 }, () => null));
    expect(replica.requests.slice(from).filter(({ kind }) => kind === 'panel')).toHaveLength(3);
  });

  it('are found again on the page after it was scrolled', async () => {
    const query = 'kites scenario:panel-only results:80';
    const source = new GoogleSource(browser, { googleUrl: replica.googleUrl });
    const batches = source.search({ text: query, filters: {} }, NEVER);
    const [first, second] = [await batches.next(), await batches.next()];
    const ends = [...(first.value ?? []).slice(0, 1), ...(second.value ?? []).slice(0, 1)];
    const found: (ShownOriginal | null)[] = [];
    for (const candidate of ends) found.push((await candidate.resolve?.()) ?? null);
    await batches.return();
    const served = new Map(replica.entries(query).map(({ docId, url }) => [docId, url]));
    expect(found.map((original) => original?.imageUrl)).toEqual(
      ends.map(({ sourceId }) => served.get(sourceId)),
    );
  });
});
