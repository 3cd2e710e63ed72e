import { startReplica, type Replica } from '../../replica/replica.ts';
import type { EngineName } from '../../../src/engines/engines.ts';

/** Any parsed JSON. */
type Json = ReturnType<typeof JSON.parse>;

const json = async (url: string): Promise<Json> => JSON.parse(await (await fetch(url)).text());

describe('the other engines of the replica', () => {
  let replica: Replica;

  beforeAll(async () => {
    replica = await startReplica({ searchLatencyMs: [0, 2], ceiling: 120 });
  });

  afterAll(() => replica.close());

  const addresses = (query: string, engine: EngineName): string[] =>
    replica.entries(query, engine).map(({ url }) => url);

  it('share one in five results with Google, at the same address', () => {
    const google = new Set(addresses('oak', 'google'));
    const shared = addresses('oak', 'bing').filter((url) => google.has(url));
    expect(shared.length).toBeGreaterThan(10);
    expect(shared.length).toBeLessThan(40);
  });

  it('let Bing be paged to an empty next address, with groups among the items', async () => {
    const found: string[] = [];
    let groups = 0;
    let path = '/images/search?q=oak&first=1';
    while (path !== '') {
      const html = (await (await fetch(replica.bingUrl + path)).text()).replaceAll('&amp;', '&');
      for (const [, m = '{}'] of html.matchAll(/class="iusc" m="(.*?)"/g)) {
        const { murl, purl } = JSON.parse(m.replaceAll('&quot;', '"').replaceAll('&#39;', "'"));
        if (purl === '') groups += 1;
        else found.push(murl);
      }
      path = /data-nextUrl="(.*?)"/.exec(html)?.[1] ?? '';
    }
    expect(found).toEqual(addresses('oak', 'bing'));
    expect(groups).toBeGreaterThan(30);
  });

  it('let DuckDuckGo answer only requests with the token of its page', async () => {
    const page = await (await fetch(`${replica.duckduckgoUrl}/?q=oak&iax=images&ia=images`)).text();
    const vqd = /vqd="([\d-]+)"/.exec(page)?.[1] ?? '';
    const first = await json(`${replica.duckduckgoUrl}/i.js?o=json&q=oak&vqd=${vqd}&p=1`);
    const second = await json(`${replica.duckduckgoUrl}/${first.next}&vqd=${vqd}`);
    const images = [...first.results, ...second.results].map(({ image }) => image);
    expect(images).toEqual(addresses('oak', 'duckduckgo'));
    expect(second.next).toBeUndefined();
    expect((await fetch(`${replica.duckduckgoUrl}/i.js?o=json&q=oak&vqd=4-1`)).status).toBe(403);
  });

  it('let Openverse give twenty results a page, and refuse requests for more', async () => {
    const base = `${replica.openverseUrl}/v1/images/?q=oak&page_size=20`;
    const [first, last] = [await json(`${base}&page=1`), await json(`${base}&page=6`)];
    expect([first.result_count, first.page_count, first.results.length]).toEqual([120, 6, 20]);
    expect(last.results.at(-1).url).toBe(addresses('oak', 'openverse').at(-1));
    expect(first.results[0]).toMatchObject({ license_url: expect.stringContaining('creativecommons.org') });
    expect((await fetch(`${replica.openverseUrl}/v1/images/?q=oak&page_size=50`)).status).toBe(401);
  });

  it('let Commons be continued, with pages ordered only by their index', async () => {
    const base = `${replica.commonsUrl}/w/api.php?gsrsearch=filetype%3Abitmap%20oak&gsrlimit=50`;
    const found: string[] = [];
    let offset: number | undefined = 0;
    while (offset !== undefined) {
      const answer: Json = await json(`${base}&gsroffset=${offset}`);
      const pages = Object.values<Json>(answer.query.pages);
      expect(pages.map(({ index }) => index)).not.toEqual(
        pages.map(({ index }) => index).toSorted((a, b) => a - b),
      );
      const sorted = pages.toSorted((a, b) => a.index - b.index);
      found.push(...sorted.map(({ imageinfo }) => imageinfo[0].url));
      offset = answer.continue?.gsroffset;
    }
    expect(found).toEqual(addresses('oak', 'commons'));
  });

  it.each<[string, () => string, number, string]>([
    ['Bing', () => `${replica.bingUrl}/images/search?q=all:captcha`, 200, 'class="captcha"'],
    ['Openverse', () => `${replica.openverseUrl}/v1/images/?q=all:captcha`, 429, 'throttled'],
    ['Commons', () => `${replica.commonsUrl}/w/api.php?gsrsearch=all:captcha`, 429, 'Too many'],
    ['Google', () => `${replica.googleUrl}/search?q=all:captcha&udm=2`, 429, 'captcha-form'],
  ])('refuse as %s does in a scenario for all engines', async (_name, url, status, sign) => {
    const answer = await fetch(url());
    expect([answer.status, (await answer.text()).includes(sign)]).toEqual([status, true]);
  });

  it('obey only scenarios that name them', async () => {
    const [bing, google] = await Promise.all([
      fetch(`${replica.bingUrl}/images/search?q=oak+bing:server-error`),
      fetch(`${replica.googleUrl}/search?q=oak+bing:server-error&udm=2`),
    ]);
    expect([bing.status, google.status]).toEqual([503, 200]);
  });

  it('report no internal error', () => {
    expect(replica.stats().errors).toEqual([]);
  });
});
