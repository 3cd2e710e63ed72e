import sharp from 'sharp';
import { startReplica, type Replica } from '../../replica/replica.ts';
import type { ReplicaOptions } from '../../replica/options.ts';
import { until } from '../../support/until.ts';

const SMALL = { latencyMs: [0, 2], imageBytes: [4000, 9000] } as const;

async function withReplica<T>(options: ReplicaOptions, use: (replica: Replica) => Promise<T>): Promise<T> {
  const replica = await startReplica({ ...SMALL, ...options });
  try {
    return await use(replica);
  } finally {
    await replica.close();
  }
}

/** The results that a seed gives for a query. */
async function digests(seed: number): Promise<unknown[]> {
  return withReplica({ seed, ceiling: 40 }, async (replica) =>
    (await replica.catalogue('ferns')).map(({ behaviour, sha256, title, docId }) => [
      behaviour,
      sha256,
      title,
      docId,
    ]),
  );
}

describe('the catalogue of the replica', () => {
  it('is the same for the same seed and different for another seed', async () => {
    const [first, again, other] = [await digests(7), await digests(7), await digests(8)];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('holds distinct pictures in all five formats that decode to their stated size', () =>
    withReplica({ web: 'clean', ceiling: 90 }, async (replica) => {
      const lines = await replica.catalogue('ferns');
      const files = await Promise.all(
        lines.map(async ({ url }) => Buffer.from(await (await fetch(url)).arrayBuffer())),
      );
      const decoded = await Promise.all(
        files.map((file) => sharp(file).toBuffer({ resolveWithObject: true })),
      );
      expect(decoded.map(({ info }) => [info.width, info.height])).toEqual(
        lines.map(({ width, height }) => [width, height]),
      );
      expect(new Set(lines.map(({ format }) => format)).size).toBe(5);
      expect(new Set(lines.map(({ sha256 }) => sha256)).size).toBe(90);
    }));

  it('paints files of about the requested sizes', () =>
    withReplica({ web: 'clean', ceiling: 30, imageBytes: [50_000, 100_000] }, async (replica) => {
      const sizes = (await replica.catalogue('ferns')).map(({ bytes }) => bytes ?? 0);
      expect(Math.min(...sizes)).toBeGreaterThan(45_000);
      expect(Math.max(...sizes)).toBeLessThan(110_000);
    }));

  it('copies only earlier pictures that are available', () =>
    withReplica({ web: { 'exact-duplicate': 0.4, gone: 0.3 }, ceiling: 100 }, async (replica) => {
      const entries = replica.entries('ferns');
      const copies = entries.filter(({ sameAs }) => sameAs !== null);
      expect(copies.length).toBeGreaterThan(20);
      const sources = copies.map(({ sameAs, index }) => [
        (sameAs ?? index) < index,
        entries[sameAs ?? -1]?.verdict,
      ]);
      expect(new Set(sources.map(String))).toEqual(new Set(['true,good']));
    }));

  it('spreads the addresses over eight hosts', () =>
    withReplica({ ceiling: 100 }, async (replica) => {
      const hosts = new Set(replica.entries('ferns').map(({ url }) => new URL(url).host));
      expect(hosts.size).toBe(8);
      expect(replica.allowPrivateHosts).toEqual(expect.arrayContaining([...hosts]));
    }));

  it('reads the number and the mix of results from the query', () =>
    withReplica({ web: 'hostile' }, async (replica) => {
      const entries = replica.entries('ferns web:clean results:7');
      expect(entries.map(({ behaviour }) => behaviour)).toEqual(Array.from({ length: 7 }, () => 'plain'));
      expect(entries[0]?.url).toContain('/ferns-0');
    }));
});

describe('the statistics of the replica', () => {
  it('count the most requests that a host had open', async () => {
    const replica = await startReplica({ ...SMALL, web: { 'stall-silent': 1 }, ceiling: 3, hosts: 1 });
    const urls = replica.entries('ferns').map(({ url }) => url);
    const fetches = urls.map((url) => fetch(url).catch(String));
    await until('three requests', () => replica.requests.length === 3);
    expect(Object.values(replica.stats().byHost)).toContainEqual(
      expect.objectContaining({ maxOpenRequests: 3, requests: 3 }),
    );
    await replica.close();
    await Promise.all(fetches);
  });

  it('list duplicate downloads', () =>
    withReplica({ web: 'clean', ceiling: 3 }, async (replica) => {
      const [twice = '', once = ''] = replica.entries('ferns').map(({ url }) => url);
      await Promise.all([twice, once, twice].map((url) => fetch(url).then((answer) => answer.arrayBuffer())));
      const stats = replica.stats();
      expect(stats.downloadedTwice).toEqual([twice]);
      expect(stats.byKind).toEqual({ image: 3 });
    }));
});

describe('closing the replica', () => {
  it('cuts connections that would never end', async () => {
    const replica = await startReplica({ ...SMALL, web: { 'stall-silent': 1 }, ceiling: 1 });
    const outcome = fetch(replica.entries('ferns')[0]?.url ?? '').catch(String);
    while (replica.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await replica.close();
    expect(await outcome).toContain('fetch failed');
  });
});

describe('a replica whose port is taken', () => {
  it('does not start and leaves nothing open', () =>
    withReplica({}, async (first) => {
      const port = Number(new URL(first.googleUrl).port);
      await expect(startReplica({ ...SMALL, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
      // The image hosts open before the engines and must be closed again.
      await expect(fetch(`http://127.0.0.5:${port + 1}/`)).rejects.toMatchObject({
        cause: { code: 'ECONNREFUSED' },
      });
    }));
});
