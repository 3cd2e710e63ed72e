import type { Filters } from '../../../../src/jobs/request/filters.js';
import { Tab } from '../../../../src/scraping/browser/browser.port.js';
import { GoogleSearch } from '../../../../src/scraping/google/google-search.js';
import type { GoogleFacts } from '../../../../src/scraping/google/google-facts.js';
import { MEASURE, READ_GOOGLE_PAGE } from '../../../../src/scraping/google/page-script.js';
import { sampleFacts, sampleRecord } from './sample-facts.js';

/** A tab that shows the test's answer to an address. */
class FakeTab extends Tab {
  readonly opened: URL[] = [];
  private facts: Partial<GoogleFacts> = {};

  constructor(private readonly answer: (url: URL) => Partial<GoogleFacts>) {
    super();
  }

  override async go(url: string): Promise<void> {
    this.opened.push(new URL(url));
    this.facts = this.answer(new URL(url));
  }

  override async run(script: string): Promise<unknown> {
    if (script === READ_GOOGLE_PAGE) return JSON.stringify(sampleFacts(this.facts));
    return script === MEASURE ? [1, 1] : null;
  }

  override async close(): Promise<void> {}
}

const BASE = 'http://google.test';
const ids = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, n) => `d${from + n}`);
const withIds = (names: readonly string[]): Partial<GoogleFacts> => ({
  records: names.map((id) => sampleRecord(id)),
});
const startOf = (url: URL): number => Number(url.searchParams.get('start') ?? 0);
const NO_RESULTS = { text: 'Your search did not match any documents.' };

async function batchesOf(tab: FakeTab, filters: Filters = {}): Promise<string[][]> {
  const query = { text: 'cat', filters };
  const search = new GoogleSearch(tab, BASE, query, new AbortController().signal);
  const batches: string[][] = [];
  for await (const batch of search.batches()) batches.push(batch.map(({ sourceId }) => sourceId));
  return batches;
}

describe('paging through Google', () => {
  it('goes on in tens until a page says that there is no more', async () => {
    const tab = new FakeTab((url) =>
      startOf(url) < 30 ? withIds(ids(startOf(url) * 10, startOf(url) * 10 + 100)) : NO_RESULTS,
    );
    expect(await batchesOf(tab)).toEqual([ids(0, 100), ids(100, 200), ids(200, 300)]);
    expect(tab.opened.map(startOf)).toEqual([0, 10, 20, 30]);
  });

  it('ends if further pages bring nothing new, as with a server that ignores the start', async () => {
    const tab = new FakeTab(() => withIds(ids(0, 100)));
    expect(await batchesOf(tab)).toEqual([ids(0, 100)]);
    expect(tab.opened).toHaveLength(3);
  });

  it('learns from an overlap that the start counts results', async () => {
    const tab = new FakeTab((url) => withIds(ids(startOf(url), Math.min(startOf(url) + 100, 250))));
    expect((await batchesOf(tab)).flat()).toEqual(ids(0, 250));
    expect(tab.opened.map(startOf).slice(0, 3)).toEqual([0, 10, 110]);
  });

  it('follows the link to more results with all its parameters', async () => {
    const moreUrl = 'https://www.google.com/search?q=other&udm=2&ei=token&start=40&sa=N';
    const tab = new FakeTab((url) => (startOf(url) === 0 ? { ...withIds(['a']), moreUrl } : withIds(['b'])));
    expect(await batchesOf(tab)).toEqual([['a'], ['b']]);
    expect(tab.opened[1]?.href).toBe(`${BASE}/search?q=cat&udm=2&ei=token&start=40&sa=N`);
  });

  it('takes an empty page after results for their end', async () => {
    const tab = new FakeTab((url) => (startOf(url) === 0 ? withIds(['a']) : {}));
    expect(await batchesOf(tab)).toEqual([['a']]);
  });

  it('reports a changed layout if a further page is full of unreadable pictures', async () => {
    const tab = new FakeTab((url) => (startOf(url) === 0 ? withIds(ids(0, 100)) : { pictures: 100 }));
    await expect(batchesOf(tab)).rejects.toMatchObject({
      code: 'source.layout_changed',
      context: { engine: 'google', found: 100 },
    });
  });

  it('reports the number of results found before a block', async () => {
    const tab = new FakeTab((url) =>
      startOf(url) === 0 ? withIds(['a', 'b']) : { hasCaptcha: true, status: 429 },
    );
    await expect(batchesOf(tab)).rejects.toMatchObject({
      code: 'source.blocked',
      context: { engine: 'google', found: 2, reason: 'captcha' },
    });
  });

  it('reads at most three documents of a check for robots', async () => {
    let documentId = 0;
    const tab = new FakeTab(() => ({
      asksForScript: true,
      elements: 1,
      get documentId() {
        documentId += 1;
        return documentId;
      },
    }));
    await expect(batchesOf(tab)).rejects.toMatchObject({ code: 'source.blocked', context: { found: 0 } });
    expect(documentId).toBe(3);
  });

  it('keeps the filters on every page', async () => {
    const tab = new FakeTab((url) => (startOf(url) < 10 ? withIds(ids(0, 3)) : NO_RESULTS));
    await batchesOf(tab, { size: 'large', withoutSites: ['pinterest.com'] });
    const asked = tab.opened.map(({ searchParams }) => [searchParams.get('q'), searchParams.get('tbs')]);
    expect(asked).toEqual([
      ['cat -site:pinterest.com', 'isz:l'],
      ['cat -site:pinterest.com', 'isz:l'],
    ]);
  });

  it('does not trust a safe search with unrelated results', async () => {
    const strangers = { records: ids(0, 30).map((id) => sampleRecord(id)) };
    const tab = new FakeTab(() => strangers);
    await expect(batchesOf(tab, { safe: 'strict' })).rejects.toMatchObject({
      code: 'source.cannot_filter',
      context: { filters: 'safe', reason: 'unrelated' },
    });
    expect(await batchesOf(tab)).toEqual([ids(0, 30)]);
  });
});
