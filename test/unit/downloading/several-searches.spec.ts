import type { CollectOrder } from '../../../src/downloading/image-collector.js';
import { type ImageRecord, POSITIONS_PER_QUERY, queryIndexOf } from '../../../src/jobs/image-record.js';
import { Collecting, JOB_ID, newInspector, recordOf } from '../../support/collecting.js';
import { after, HostileServer, status, whole } from '../../support/network/hostile-server.js';
import { jpeg } from '../../support/images/sample-images.js';

const IMAGES = await Promise.all(Array.from({ length: 40 }, (_image, seed) => jpeg(seed, 64, 48)));

function recordOfQuery(url: string, query: number, order: number): ImageRecord {
  const record = recordOf(url, query * POSITIONS_PER_QUERY + order);
  const candidate = query === 0 ? record.candidate : { ...record.candidate, query };
  return { ...record, urlHash: `${query}${record.urlHash}`, candidate };
}

describe('ImageCollector with several searches', () => {
  let server: HostileServer;
  let collecting: Collecting;
  /** The queries that were pulled, one entry for each candidate. */
  let pulled: number[];
  const inspector = newInspector();

  afterAll(() => inspector.onApplicationShutdown());

  beforeEach(async () => {
    server = await HostileServer.start('0.0.0.0');
    collecting = await Collecting.start({ inspector });
    pulled = [];
  });

  afterEach(async () => {
    await collecting[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  const serve = (...numbers: readonly number[]): string[] =>
    numbers.map((number) => server.on(`/${number}`, whole(IMAGES[number] ?? Buffer.alloc(0))));

  async function* search(urls: readonly string[], query: number): AsyncGenerator<ImageRecord, void, void> {
    for (const [order, url] of urls.entries()) {
      pulled.push(query);
      yield recordOfQuery(url, query, order);
    }
  }

  async function collect(
    searches: readonly { readonly urls: readonly string[]; readonly count: number }[],
    rest: Partial<CollectOrder> = {},
  ): Promise<string[]> {
    const order: CollectOrder = {
      jobId: JOB_ID,
      searches: searches.map(({ urls, count }, query) => ({ count, candidates: search(urls, query) })),
      known: [],
      filters: {},
      ...rest,
    };
    const { kept } = await collecting.collector.collect(order, collecting, new AbortController().signal);
    return kept.map(
      (record) => `${queryIndexOf(record)}:${new URL(record.candidate.imageUrl ?? '').pathname}`,
    );
  }

  it('collects as many of each as ordered, those of earlier searches first', async () => {
    const kept = await collect([
      { urls: serve(0, 1, 2, 3), count: 3 },
      { urls: serve(10, 11, 12, 13), count: 2 },
      { urls: serve(20, 21), count: 2 },
    ]);
    expect(kept.map((image) => image.slice(0, 1)).join('')).toBe('0001122');
    expect(kept.slice(5)).toEqual(['2:/20', '2:/21']);
    expect(await collecting.files()).toHaveLength(7);
  });

  it('goes on if a search finds nothing or nothing good', async () => {
    const bad = server.on('/bad', status(404));
    const kept = await collect([
      { urls: [], count: 2 },
      { urls: [bad], count: 2 },
      { urls: serve(20, 21), count: 2 },
    ]);
    expect(kept).toEqual(['2:/20', '2:/21']);
  });

  it('searches for the next while the last images of a search download', async () => {
    const { promise: asked, resolve } = Promise.withResolvers<void>();
    const slow = server.on('/slow', after(asked, IMAGES[0] ?? Buffer.alloc(0)));
    server.on('/10', (request, response) => {
      resolve();
      whole(IMAGES[10] ?? Buffer.alloc(0))(request, response);
    });
    const kept = await collect([
      { urls: [slow], count: 1 },
      { urls: [server.url('/10')], count: 1 },
    ]);
    expect(kept).toEqual(['0:/slow', '1:/10']);
  });

  it('begins no more than the next search', async () => {
    const { promise: end, resolve } = Promise.withResolvers<void>();
    const slow = server.on('/slow', after(end, IMAGES[0] ?? Buffer.alloc(0)));
    const collected = collect([
      { urls: [slow], count: 1 },
      { urls: serve(10), count: 1 },
      { urls: serve(20), count: 1 },
    ]);
    await new Promise<void>((done) => {
      collecting.onEach = () => done();
    });
    expect(pulled).toEqual([0, 1]);
    resolve();
    expect(await collected).toEqual(['0:/slow', '1:/10', '2:/20']);
  });

  it('keeps an address that two searches find for the earlier one', async () => {
    const [same = '', ...others] = serve(0, 1, 2);
    const kept = await collect([
      { urls: [same, others[0] ?? ''], count: 2 },
      { urls: [same, others[1] ?? ''], count: 2 },
    ]);
    expect(kept).toEqual(['0:/0', '0:/1', '1:/2']);
    expect(collecting.endOf(POSITIONS_PER_QUERY)).toMatch(/^exact_duplicate/);
  });

  it('gives a file back to the earlier search that finds it later, and replaces it', async () => {
    const { promise: isTaken, resolve } = Promise.withResolvers<void>();
    const late = server.on('/late', after(isTaken, IMAGES[10] ?? Buffer.alloc(0)));
    const other = server.on('/11', after(isTaken, IMAGES[11] ?? Buffer.alloc(0)));
    collecting.onEach = ({ outcome }) => (outcome.status === 'kept' ? resolve() : undefined);
    const kept = await collect([
      { urls: [late], count: 1 },
      { urls: [...serve(10), other], count: 1 },
    ]);
    expect(kept).toEqual(['0:/late', '1:/11']);
    const ends = collecting.outcomes.filter(({ position }) => position === POSITIONS_PER_QUERY);
    expect(ends.map(({ outcome }) => outcome.status)).toEqual(['kept', 'rejected']);
    expect(await collecting.files()).toHaveLength(2);
  });

  it('keeps the copy of the earlier search, even if that of the later one is larger', async () => {
    const [small, large] = await Promise.all([jpeg(7, 200, 150), jpeg(7, 800, 600)]);
    const kept = await collect([
      { urls: [server.on('/small', whole(small))], count: 1 },
      { urls: [server.on('/large', whole(large)), ...serve(20)], count: 1 },
    ]);
    expect(kept).toEqual(['0:/small', '1:/20']);
  });

  it('continues every search where a run before has left it', async () => {
    const first = await collect([
      { urls: serve(0, 1), count: 2 },
      { urls: serve(10), count: 2 },
    ]);
    expect(first).toEqual(['0:/0', '0:/1', '1:/10']);
    const known = [...new Map(collecting.outcomes.map((record) => [record.urlHash, record])).values()];
    server.asked.length = 0;
    pulled.length = 0;
    const again = await collect(
      [
        { urls: serve(0, 1, 2), count: 2 },
        { urls: serve(10, 11), count: 2 },
      ],
      { known },
    );
    expect(again).toEqual(['0:/0', '0:/1', '1:/10', '1:/11']);
    expect(server.asked).toEqual(['/11']);
    expect(pulled).toEqual([1, 1]);
  });
});
