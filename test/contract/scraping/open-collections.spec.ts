import { startReplica, type Replica } from '../../replica/replica.ts';
import type { CatalogueEntry } from '../../replica/web/entry.ts';
import { openCollections, type OpenCollections } from '../../support/open-collections.js';
import { NEVER, pull } from '../../support/searching.js';

const COLLECTIONS = [
  { name: 'openverse', pageSize: 20, retryAfterMs: 60_000 },
  { name: 'commons', pageSize: 50, retryAfterMs: 5000 },
] as const;

describe.each(COLLECTIONS)('a search of $name', ({ name, pageSize, retryAfterMs }) => {
  let replica: Replica;
  let engines: OpenCollections;

  beforeAll(async () => {
    replica = await startReplica({ web: 'clean', ceiling: 110, searchLatencyMs: [1, 5] });
    engines = openCollections(replica);
  });
  afterAll(async () => {
    await engines.api.onApplicationShutdown();
    await replica.close();
  });

  const search = (text: string, signal = NEVER) => engines[name].search({ text, filters: {} }, signal);

  it('finds all results in its order, each once, with all facts of the API', async () => {
    const candidates = await pull(search('red panda'));
    const served = replica.entries('red panda', name);
    expect(candidates.map(({ imageUrl }) => imageUrl)).toEqual(served.map(({ url }) => url));
    expect(candidates).toHaveLength(110);
    const facts = ({ url, pageUrl, previewUrl, title, width, height }: CatalogueEntry) => ({
      imageUrl: url,
      pageUrl,
      previewUrl,
      title: title.replace(/\s+/g, ' ').trim(),
      claimed: { width, height },
    });
    const read = candidates.map(({ imageUrl, pageUrl, previewUrl, title, claimed }) => ({
      imageUrl,
      pageUrl,
      previewUrl,
      title: title?.replace(/\s+/g, ' '),
      claimed,
    }));
    expect(read).toEqual(served.map(facts));
    expect(candidates.map(({ rank }) => rank)).toEqual(served.map((_, index) => index + 1));
    expect(candidates.filter(({ licence }) => licence?.name === null)).toEqual([]);
  });

  it('requests only the pages that are pulled', async () => {
    const before = replica.requests.length;
    await pull(search('otter'), pageSize);
    expect(replica.requests.length - before).toBe(1);
  });

  it.each([
    ['no-results', 'source.no_results'],
    ['changed-layout', 'source.layout_changed'],
    ['server-error', 'source.unreachable'],
    ['reset', 'source.unreachable'],
  ])('names %s as %s', async (scenario, code) => {
    await expect(pull(search(`red panda ${name}:${scenario}`))).rejects.toMatchObject({
      code,
      context: { engine: name },
    });
  });

  it('says that it is blocked, and for how long', async () => {
    await expect(pull(search(`red panda ${name}:captcha`))).rejects.toMatchObject({
      code: 'source.blocked',
      context: { engine: name, status: 429, retryAfterMs },
    });
  });

  it('stops at once when its signal aborts during a wait', async () => {
    const stop = new AbortController();
    const whole = pull(search(`red panda ${name}:hang`, stop.signal));
    setTimeout(() => stop.abort(new Error('the job is cancelled')), 50);
    await expect(whole).rejects.toThrow('the job is cancelled');
  });
});
