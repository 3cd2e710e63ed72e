import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { startReplica, type Replica } from '../../replica/replica.ts';
import type { Behaviour } from '../../replica/web/behaviours.ts';
import type { CatalogueLine } from '../../replica/web/entry.ts';
import { until } from '../../support/until.ts';

const FAST = { latencyMs: [0, 5], imageBytes: [4000, 9000], ceiling: 12 } as const;

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function bytesOf(url: string): Promise<Buffer> {
  return Buffer.from(await (await fetch(url)).arrayBuffer());
}

describe('the image web of the replica', () => {
  let replica: Replica;

  beforeAll(async () => {
    replica = await startReplica(FAST);
  });

  afterAll(() => replica.close());

  /** The first address with this behaviour. */
  async function met(behaviour: Behaviour): Promise<CatalogueLine> {
    const lines = await replica.catalogue(`moss web:${behaviour} results:20`);
    const line = lines.find((one) => one.behaviour === behaviour);
    if (line === undefined) throw new Error(`no address is ${behaviour}`);
    return line;
  }

  it.each<Behaviour>([
    'plain',
    'chunked',
    'gzipped',
    'mislabelled',
    'untyped',
    'redirect-once',
    'redirect-thrice',
    'redirect-cross-host',
    'refuses-head',
    'exact-duplicate',
    'near-reencoded',
    'near-resized',
    'near-cropped',
    'noai',
  ])('serves the catalogued file behind an address that is %s', async (behaviour) => {
    const line = await met(behaviour);
    expect(sha256(await bytesOf(line.url))).toBe(line.sha256);
  });

  it.each<[Behaviour, number]>([
    ['gone', 404],
    ['forbidden', 403],
    ['unavailable', 503],
    ['rate-limited', 429],
  ])('answers every request for an address that is %s with %i', async (behaviour, status) => {
    const { url } = await met(behaviour);
    expect([(await fetch(url)).status, (await fetch(url)).status]).toEqual([status, status]);
  });

  it.each<[Behaviour, number]>([
    ['unavailable-once', 503],
    ['rate-limited-once', 429],
  ])('refuses an address that is %s with %i only at the first request', async (behaviour, status) => {
    const { url, sha256: digest } = await met(behaviour);
    expect((await fetch(url)).status).toBe(status);
    expect(sha256(await bytesOf(url))).toBe(digest);
  });

  it.each<Behaviour>(['truncated', 'short-length', 'html', 'text', 'empty'])(
    'serves undecodable bytes at an address that is %s',
    async (behaviour) => {
      const { url } = await met(behaviour);
      const bytes = await bytesOf(url);
      const decode = async (): Promise<Buffer> => sharp(bytes, { failOn: 'truncated' }).raw().toBuffer();
      await expect(decode()).rejects.toBeInstanceOf(Error);
    },
  );

  it.each<Behaviour>(['cut-off', 'reset', 'reset-early'])(
    'fails the transfer from an address that is %s',
    async (behaviour) => {
      const { url } = await met(behaviour);
      await expect(bytesOf(url)).rejects.toThrow(/terminated|fetch failed/);
    },
  );

  it.each<Behaviour>(['stall', 'stall-silent', 'drip'])(
    'does not finish in time at an address that is %s, and records that the client left',
    async (behaviour) => {
      const { url } = await met(behaviour);
      const leave = new AbortController();
      const impatient = fetch(url, { signal: leave.signal }).then((answer) => answer.arrayBuffer());
      const requests = () => replica.requests.filter((one) => one.url === url);
      await until('it is asked for', () => requests().length === 1);
      setTimeout(() => leave.abort(), 150);
      await expect(impatient).rejects.toThrow(/abort/i);
      await until('the client is seen to leave', () => requests()[0]?.endedAtMs);
      expect(requests().map((one) => one.isComplete)).toEqual([false]);
    },
  );

  it('serves a bomb of few bytes that states 144 megapixels', async () => {
    const bomb = await bytesOf((await met('bomb')).url);
    const { width, height } = await sharp(bomb, { limitInputPixels: false }).metadata();
    expect([bomb.length < 50_000, width, height]).toEqual([true, 12_000, 12_000]);
  });

  it('counts clients that follow a redirect to a forbidden address', async () => {
    const lines = await replica.catalogue('lichen web:redirect-private results:24');
    const watched = lines.find(({ behaviour, index }) => behaviour === 'redirect-private' && index % 3 === 0);
    await expect(fetch(watched?.url ?? '')).rejects.toThrow('fetch failed');
    expect(replica.stats().canaryConnections).toBe(1);
  });

  it('shows a preview that looks like its picture and like no other', async () => {
    const [own, other] = await replica.catalogue('moss web:clean', 2);
    const shown = await brightness(own?.previewUrl ?? '');
    const [near, far] = [await brightness(own?.url ?? ''), await brightness(other?.url ?? '')];
    expect(distance(shown, near)).toBeLessThan(distance(shown, far) / 2);
  });

  it('names the picture on its source page', async () => {
    const lines = await replica.catalogue('moss web:clean', 4);
    const pages = await Promise.all(lines.map(({ pageUrl }) => fetch(pageUrl).then((page) => page.text())));
    expect(pages.map((page, at) => page.includes(lines[at]?.url ?? '?'))).toEqual([true, true, true, true]);
  });

  it('reports no internal error while it misbehaves', () => {
    expect(replica.stats().errors).toEqual([]);
  });
});

async function brightness(url: string): Promise<number[]> {
  const image = sharp(await bytesOf(url));
  return [...(await image.greyscale().resize(6, 6, { fit: 'fill' }).raw().toBuffer())];
}

function distance(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, at) => sum + Math.abs(value - (b[at] ?? 0)), 0);
}
