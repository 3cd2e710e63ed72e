import { writeFile, rm, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import sharp from 'sharp';
import type { ImageRecord } from '../../../src/jobs/image-record.js';
import {
  candidatesOf,
  Collecting,
  JOB_ID,
  newInspector,
  recordOf,
  orderOf,
} from '../../support/collecting.js';
import {
  after,
  type Behaviour,
  dripping,
  first,
  HostileServer,
  late,
  silent,
  stalled,
  status,
  whole,
} from '../../support/network/hostile-server.js';
import { PATIENCE_MS } from '../../support/patience.js';
import { animation, jpeg, patches, picture } from '../../support/images/sample-images.js';

const IMAGES = await Promise.all(Array.from({ length: 60 }, (_image, seed) => jpeg(seed, 64, 48)));
const LARGE = await Promise.all(Array.from({ length: 12 }, (_image, seed) => jpeg(200 + seed, 640, 400)));
/** One candidate, then a failure. */
async function* failingAfter(url: string | null): AsyncGenerator<ImageRecord, void, void> {
  yield recordOf(url, 0);
  throw new Error('search is gone');
}

const image = (index: number): Buffer => IMAGES[index] ?? Buffer.alloc(0);

describe('ImageCollector', () => {
  let server: HostileServer;
  let collecting: Collecting;
  const inspector = newInspector();

  afterAll(() => inspector.onApplicationShutdown());

  beforeEach(async () => {
    server = await HostileServer.start('0.0.0.0');
    collecting = await Collecting.start({ inspector });
  });

  afterEach(async () => {
    await collecting[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  /** Serves good images. @returns their addresses */
  const serve = (from: number, to: number): string[] =>
    IMAGES.slice(from, to).map((bytes, index) => server.on(`/${from + index}`, whole(bytes)));

  it('keeps exactly as many whole images as ordered, in the order they were found', async () => {
    const collected = await collecting.collect(serve(0, 60), 30);
    expect(collected.kept).toHaveLength(30);
    const positions = collected.kept.map((record) => record.position);
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
    expect(await collecting.bytesOf(collected)).toEqual(positions.map(image));
    expect(await collecting.files()).toHaveLength(30);
  });

  it('reports the facts of each kept image, with a thumbnail', async () => {
    const bytes = await picture(1, 400, 300).webp().toBuffer();
    const { kept } = await collecting.collect([server.on('/a', whole(bytes))], 1);
    expect(kept[0]?.outcome).toEqual({
      status: 'kept',
      file: {
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        format: 'webp',
        width: 400,
        height: 300,
        bytes: bytes.length,
        fingerprint: expect.stringMatching(/^[\w-]{2908}$/),
      },
    });
    const thumbnail = [...collecting.thumbnails.values()][0];
    expect(await sharp(thumbnail).metadata()).toMatchObject({ format: 'webp', width: 128, height: 96 });
  });

  it.each([
    ['jpeg', () => picture(1).jpeg({ progressive: true }).toBuffer(), 320, 200],
    ['jpeg', () => picture(1).toColourspace('cmyk').jpeg().toBuffer(), 320, 200],
    ['jpeg', () => picture(1).withMetadata({ orientation: 6 }).jpeg().toBuffer(), 200, 320],
    ['png', () => picture(1).greyscale().png({ palette: true }).toBuffer(), 320, 200],
    ['png', () => picture(1).ensureAlpha(0.5).png().toBuffer(), 320, 200],
    ['webp', () => picture(1).webp({ lossless: true }).toBuffer(), 320, 200],
    ['webp', () => animation('webp', 5), 64, 48],
    ['gif', () => picture(1).gif().toBuffer(), 320, 200],
    ['gif', () => animation('gif', 5), 64, 48],
    ['avif', () => picture(1).avif({ effort: 0 }).toBuffer(), 320, 200],
  ] as const)('keeps a %s as it came (%#)', async (format, make, width, height) => {
    const bytes = await make();
    const collected = await collecting.collect([server.on('/a', whole(bytes))], 1);
    expect(collected.kept[0]?.outcome).toMatchObject({ file: { format, width, height } });
    expect(await collecting.bytesOf(collected)).toEqual([bytes]);
    expect(await collecting.files()).toEqual([expect.stringMatching(new RegExp(`\\.${format}$`))]);
  });

  it('turns the thumbnail of a photo that was taken on its side', async () => {
    const bytes = await picture(1, 400, 200).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    await collecting.collect([server.on('/a', whole(bytes))], 1);
    const thumbnail = [...collecting.thumbnails.values()][0];
    expect(await sharp(thumbnail).metadata()).toMatchObject({ width: 64, height: 128 });
    const upright = await sharp(bytes).autoOrient().resize(64, 128).greyscale().raw().toBuffer();
    const seen = await sharp(thumbnail).greyscale().raw().toBuffer();
    const difference = upright.reduce((sum, value, at) => sum + Math.abs(value - (seen[at] ?? 0)), 0);
    expect(difference / upright.length).toBeLessThan(6);
  });

  it('keeps nothing that the jobs before delivered: no same file, and no other copy of the picture', async () => {
    const bytes = await picture(7, 800, 600).jpeg({ quality: 95 }).toBuffer();
    const before = await collecting.collect([server.on('/before', whole(bytes))], 1);
    const excluded = before.kept.map(({ outcome, ...record }): ImageRecord => {
      if (outcome.status !== 'kept') throw new Error('not kept');
      return { ...record, outcome: { ...outcome, status: 'excluded' } };
    });
    collecting.outcomes.length = 0;
    const copy = await picture(7, 800, 600).resize(1600).webp().toBuffer();
    const urls = [server.on('/moved', whole(bytes)), server.on('/copy', whole(copy)), ...serve(0, 1)];
    const { kept } = await collecting.collect(urls, 1, { excluded });
    expect(kept.map(({ position }) => position)).toEqual([2]);
    for (const position of [0, 1])
      expect(collecting.endOf(position) ?? 'delivered_before').toMatch(/^delivered_before/);
    const rest = await collecting.collect(urls.slice(0, 2), 1, { excluded });
    expect(rest.kept).toEqual([]);
    expect(collecting.endOf(0)).toBe('delivered_before: same file');
    expect(collecting.endOf(1)).toBe('delivered_before: same picture');
  });

  it('returns fewer when candidates end, with one outcome for each', async () => {
    const urls = [...serve(0, 5), server.url('/gone'), server.on('/0?again', whole(image(0)))];
    const { kept } = await collecting.collect(urls, 20);
    expect(kept.map((record) => record.position)).toHaveLength(5);
    expect(collecting.outcomes.map((record) => record.position).toSorted((a, b) => a - b)).toEqual([
      0, 1, 2, 3, 4, 5, 6,
    ]);
    expect(collecting.endOf(5)).toBe('http_status: 404');
    expect([collecting.endOf(0), collecting.endOf(6)].toSorted()).toEqual(['exact_duplicate', 'kept']);
  });

  it('searches on while downloads fill all places, if more are needed in any case', async () => {
    const environment = { DOWNLOAD_CONCURRENCY: '2' };
    await using narrow = await Collecting.start({ inspector, environment });
    const answered = Promise.withResolvers<void>();
    const urls = IMAGES.slice(0, 6).map((bytes, index) =>
      server.on(`/waits-${index}`, after(answered.promise, bytes)),
    );
    async function* candidates(): AsyncGenerator<ImageRecord, void, void> {
      for (const [position, url] of urls.entries()) {
        if (position === 5) answered.resolve();
        yield recordOf(url, position);
      }
    }
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const { kept } = await narrow.collector.collect(orderOf(candidates(), 6), narrow, signal);
    expect(kept).toHaveLength(6);
  });

  it('pulls no more candidates than it needs', async () => {
    let pulled = 0;
    let isClosed = false;
    const urls = serve(0, 60);
    async function* candidates(): AsyncGenerator<ImageRecord, void, void> {
      try {
        for (const [position, url] of urls.entries()) {
          pulled += 1;
          yield recordOf(url, position);
        }
      } finally {
        isClosed = true;
      }
    }
    const signal = new AbortController().signal;
    const { kept } = await collecting.collector.collect(orderOf(candidates(), 4), collecting, signal);
    expect(kept).toHaveLength(4);
    expect(pulled).toBeLessThanOrEqual(9);
    expect(isClosed).toBe(true);
  });

  it('ends when there are enough, even if the search hangs', async () => {
    const urls = serve(0, 3);
    async function* candidates(): AsyncGenerator<ImageRecord, void, void> {
      for (const [position, url] of urls.entries()) yield recordOf(url, position);
      await new Promise(() => undefined);
    }
    const { kept } = await collecting.collector.collect(
      orderOf(candidates(), 3),
      collecting,
      AbortSignal.timeout(PATIENCE_MS),
    );
    expect(kept).toHaveLength(3);
  });

  it('fails with the error of the search', async () => {
    const candidates = failingAfter(server.on('/silent', silent));
    const collect = collecting.collector.collect(
      orderOf(candidates, 3),
      collecting,
      AbortSignal.timeout(PATIENCE_MS),
    );
    await expect(collect).rejects.toThrow('search is gone');
    expect(await collecting.files()).toEqual([]);
  });

  it('does not wait for stalled, slow or silent downloads if others can take their place', async () => {
    const bad = Array.from({ length: 12 }, (_bad, index) =>
      server.on(
        `/bad${index}`,
        [silent, stalled(image(1), 90), dripping(image(2), 1, 50)][index % 3] ?? silent,
      ),
    );
    await using hasty = await Collecting.start({
      inspector,
      limits: { doubtAfterMs: 100 },
      environment: { DOWNLOADS_PER_HOST: '32' },
    });
    const { kept } = await hasty.collect([...bad, ...serve(0, 20)], 20);
    expect(kept).toHaveLength(20);
    // None of them was waited for: that would have ended in a timeout.
    expect(hasty.outcomes.every((record) => record.outcome.status === 'kept')).toBe(true);
  });

  it('delays no other host for a dead one', async () => {
    await using hasty = await Collecting.start({ inspector, limits: { doubtAfterMs: 100 } });
    await using dead = await HostileServer.start('127.0.0.2');
    const held = Array.from({ length: 40 }, (_held, index) => {
      dead.on(`/${index}`, silent);
      return dead.url(`/${index}`, '127.0.0.2');
    });
    // Doubted later than the others, however fast the machine is.
    const good = IMAGES.slice(0, 20).map((bytes, index) => server.on(`/later${index}`, late(bytes, 300)));
    const { kept } = await hasty.collect([...held, ...good], 20);
    expect(kept.map((record) => record.position)).toEqual(
      Array.from({ length: 20 }, (_p, index) => 40 + index),
    );
    expect(hasty.outcomes.every((record) => record.outcome.status === 'kept')).toBe(true);
    expect(dead.mostAtOnce).toBe(12);
  });

  it('keeps to the limit of concurrent downloads per host', async () => {
    await using gentle = await Collecting.start({ inspector, environment: { DOWNLOADS_PER_HOST: '2' } });
    // Too few to tell how long a download takes, so that none of them is doubted.
    const urls = IMAGES.slice(0, 12).map((bytes, index) => server.on(`/slow${index}`, late(bytes, 20)));
    expect((await gentle.collect(urls, 12)).kept).toHaveLength(12);
    expect(server.mostAtOnce).toBe(2);
  });

  it('pauses for a host that asks for it, and loses nothing', async () => {
    const urls = IMAGES.slice(0, 12).map((bytes, index) =>
      server.on(`/limited${index}`, first(status(429, { 'retry-after': '1' }), whole(bytes))),
    );
    const { kept } = await collecting.collect(urls, 12);
    expect(kept).toHaveLength(12);
  });

  it('keeps to the budget of the job and reports it', async () => {
    await using poor = await Collecting.start({ inspector, environment: { MAX_JOB_BYTES: '4KB' } });
    const { kept } = await poor.collect(serve(0, 30), 30);
    const bytes = await poor.bytesOf({ kept });
    expect(bytes.length).toBeGreaterThan(0);
    expect(Buffer.concat(bytes).length).toBeLessThanOrEqual(4000);
    expect(poor.outcomes.some((record) => poor.endOf(record.position) === 'job_budget_spent')).toBe(true);
    expect(poor.outcomes.length).toBeLessThan(30);
  });

  describe('if one picture comes in several files', () => {
    const original = picture(70, 640, 400).jpeg({ quality: 90 }).toBuffer();
    const smaller = original.then((bytes) => sharp(bytes).resize(400).webp().toBuffer());
    const cropped = original.then((bytes) =>
      sharp(bytes).extract({ left: 20, top: 8, width: 600, height: 380 }).jpeg({ quality: 60 }).toBuffer(),
    );

    it('keeps the one with the most pixels, whichever comes first, and exactly as many as ordered', async () => {
      const decided = Promise.withResolvers<void>();
      const copies = new Set([0, 1, 2]);
      collecting.onEach = ({ position }) => {
        if (copies.delete(position) && copies.size === 0) decided.resolve();
      };
      const urls = [
        server.on('/small', whole(await smaller)),
        server.on('/cropped', whole(await cropped)),
        server.on('/original', late(await original, 50)),
        // The others would fill the places of copies that are not recognised yet.
        ...[0, 1, 2, 3].map((index) => server.on(`/${index}`, after(decided.promise, image(index)))),
      ];
      const { kept } = await collecting.collect(urls, 5);
      expect(kept.map((record) => record.position)).toEqual([2, 3, 4, 5, 6]);
      const ends = new Map(collecting.outcomes.map(({ position, outcome }) => [position, outcome]));
      expect([ends.get(0), ends.get(1)]).toMatchObject([
        { reason: 'near_duplicate' },
        { reason: 'near_duplicate' },
      ]);
      expect(await collecting.files()).toHaveLength(5);
    });

    it('keeps the one found first among equals', async () => {
      const again = sharp(await original).jpeg({ quality: 50 });
      const urls = [
        server.on('/late', late(await original, 200)),
        server.on('/soon', whole(await again.toBuffer())),
      ];
      const { kept } = await collecting.collect([...urls, ...serve(0, 1)], 3);
      expect(kept.map((record) => record.position)).toEqual([0, 2]);
    });

    it('frees the place that a better copy has taken, in later runs too', async () => {
      const urls = [
        server.on('/small', whole(await smaller)),
        server.on('/original', late(await original, 100)),
      ];
      const { kept: before } = await collecting.collect(urls.slice(0, 1), 1);
      const { kept } = await collecting.collect(urls, 2, { known: before });
      expect(kept.map((record) => record.position)).toEqual([1]);
      expect(collecting.endOf(0)).toBe('kept');
      expect(collecting.outcomes.at(-1)?.outcome).toMatchObject({ status: 'kept' });
      expect(await collecting.files()).toHaveLength(1);
    });
  });

  describe('if hosts send something else', () => {
    const claiming = (url: string, position: number, width: number, height: number): ImageRecord => {
      const record = recordOf(url, position);
      return { ...record, candidate: { ...record.candidate, claimed: { width, height } } };
    };

    it('rejects thumbnails, and keeps small pictures that never claimed more', async () => {
      const [thumbnail, small] = [await jpeg(80, 150, 84), await jpeg(81, 150, 84)];
      const records = [
        claiming(server.on('/thumb', whole(thumbnail)), 0, 1920, 1080),
        recordOf(server.on('/small', whole(small)), 1),
        // The same bytes may be what another candidate claims.
        claiming(server.on('/honest', whole(thumbnail)), 2, 150, 84),
      ];
      const { kept } = await collecting.collectRecords(records, 3);
      expect(kept.map((record) => record.position)).toEqual([1, 2]);
      // If the honest candidate came first, the other is also a copy of it.
      expect(collecting.endOf(0)).toMatch(
        /^thumbnail_instead: 150 × 84 instead of 1920 × 1080$|^exact_duplicate/,
      );
    });

    it('detects a placeholder that a host sends for everything', async () => {
      const standIn = await jpeg(82, 400, 300);
      const records = [0, 1, 2, 3].map((position) =>
        claiming(server.on(`/no${position}`, whole(standIn)), position, 600 + 50 * position, 300),
      );
      const { kept } = await collecting.collectRecords(
        [...records, ...serve(0, 4).map((url, at) => recordOf(url, at + 4))],
        8,
      );
      expect(kept.map((record) => record.position)).toEqual([4, 5, 6, 7]);
      expect(
        collecting.outcomes.some(({ outcome }) => 'reason' in outcome && outcome.reason === 'placeholder'),
      ).toBe(true);
      expect(await collecting.files()).toHaveLength(4);
    });

    it('rejects images that do not meet the filters', async () => {
      const urls = [
        server.on('/wide', whole(await jpeg(83, 400, 200))),
        server.on('/tall', whole(await jpeg(84, 200, 400))),
      ];
      const { kept } = await collecting.collect(urls, 2, { filters: { aspect: 'tall' } });
      expect(kept.map((record) => record.position)).toEqual([1]);
      expect(collecting.endOf(0)).toBe('filter_mismatch: aspect');
    });

    it('names the page to hosts that ask for it, from then on always', async () => {
      const guarded =
        (bytes: Buffer): Behaviour =>
        (request, response) =>
          (request.headers.referer === 'http://127.0.0.1/page' ? whole(bytes) : status(403))(
            request,
            response,
          );
      const records = [0, 1, 2, 3].map((index) => {
        const record = recordOf(server.on(`/guarded${index}`, guarded(image(index))), index);
        return { ...record, candidate: { ...record.candidate, pageUrl: 'http://127.0.0.1/page?secret=1' } };
      });
      await using gentle = await Collecting.start({ inspector, environment: { DOWNLOADS_PER_HOST: '1' } });
      expect((await gentle.collectRecords(records, 4)).kept).toHaveLength(4);
      expect(server.asked).toHaveLength(5);
    });

    describe('and the engine showed what the picture looks like', () => {
      const large = (index: number): Buffer => LARGE[index] ?? Buffer.alloc(0);
      const shown = (position: number, url: string, original: Buffer): ImageRecord => {
        const { candidate, ...record } = claiming(url, position, 1280, 800);
        const previewUrl = server.on(`/shown${position}`, whole(original));
        return { ...record, candidate: { ...candidate, previewUrl, pageUrl: 'http://127.0.0.1/page' } };
      };

      it('keeps no other picture of any shape, and asks again with the page named', async () => {
        const warning = await (await patches(90)).resize(400, 250, { fit: 'fill' }).jpeg().toBuffer();
        const guarded: Behaviour = (request, response) =>
          whole(request.headers.referer === undefined ? warning : large(0))(request, response);
        const records = [
          shown(0, server.on('/guarded', guarded), large(0)),
          shown(1, server.on('/advert', whole(await jpeg(91, 400, 250))), large(1)),
        ];
        const { kept } = await collecting.collectRecords(records, 2);
        expect(kept.map((record) => record.position)).toEqual([0]);
        expect(await collecting.bytesOf({ kept })).toEqual([large(0)]);
        expect(collecting.endOf(1)).toBe('placeholder: another picture than the one found');
      });

      it('keeps the same picture in another size, even if it is plain or cannot be compared', async () => {
        const plain = await sharp({ create: { width: 640, height: 400, channels: 3, background: '#ddd' } })
          .jpeg()
          .toBuffer();
        const records = [
          shown(0, server.on('/small', whole(large(2))), await sharp(large(2)).resize(160).jpeg().toBuffer()),
          shown(1, server.on('/plain', whole(plain)), await sharp(plain).resize(160).jpeg().toBuffer()),
          shown(2, server.on('/unknown', whole(large(3))), Buffer.from('no thumbnail at all')),
        ];
        const { kept } = await collecting.collectRecords(records, 3);
        expect(kept.map((record) => record.position)).toEqual([0, 1, 2]);
      });

      it('requests no preview if a picture has the claimed size', async () => {
        const record = shown(0, server.on('/exact', whole(large(4))), large(4));
        const exact = { ...record, candidate: { ...record.candidate, claimed: { width: 640, height: 400 } } };
        expect((await collecting.collectRecords([exact], 1)).kept).toHaveLength(1);
        expect(server.times('/shown0')).toBe(0);
      });

      it('does not wait for previews of a host that never sends any', async () => {
        await using hasty = await Collecting.start({ inspector, limits: { previewDeadlineMs: 60 } });
        // One after the other, so that each knows the outcome of the last one.
        const told = Array.from({ length: 13 }, () => Promise.withResolvers<void>());
        told[0]?.resolve();
        hasty.onEach = ({ position }) => told[position + 1]?.resolve();
        const records = Array.from({ length: 12 }, (_record, position) => {
          const inTurn = told[position]?.promise ?? Promise.resolve();
          const url = server.on(`/late${position}`, after(inTurn, large(position)));
          const record = shown(position, url, large(0));
          server.on(`/shown${position}`, silent);
          return record;
        });
        expect((await hasty.collectRecords(records, 12)).kept).toHaveLength(12);
        expect(server.asked.filter((path) => path.startsWith('/shown')).length).toBeLessThan(12);
      });
    });

    it('sends no request to hosts that show their images only to crawlers', async () => {
      await collecting.collect(['https://lookaside.fbsbx.com/lookaside/crawler/media/?media_id=1'], 1);
      expect(collecting.endOf(0)).toBe('crawlers_only');
    });

    it('does not delay other images of a host for its stalled ones', async () => {
      const stalls = Array.from({ length: 5 }, (_stall, index) =>
        server.on(`/st${index}`, stalled(image(index), 90)),
      );
      await using hasty = await Collecting.start({ inspector, limits: { doubtAfterMs: 100 } });
      const good = IMAGES.slice(10, 40).map((bytes, index) => server.on(`/g${index}`, late(bytes, 30)));
      expect((await hasty.collect([...stalls, ...good], 30)).kept).toHaveLength(30);
      expect(server.mostAtOnce).toBeGreaterThan(6);
      expect(server.mostAtOnce).toBeLessThanOrEqual(12);
    });

    it('gives up a host that refuses everything', async () => {
      const urls = Array.from({ length: 40 }, (_url, index) =>
        server.on(`/r${index}`, status(429, { 'retry-after': '900' })),
      );
      await collecting.collect(urls, 40);
      expect(collecting.outcomes).toHaveLength(40);
      expect(server.asked.length).toBeLessThan(25);
      expect(collecting.endOf(39)).toBe('rate_limited: host refuses everything');
    });
  });

  describe('if originals cannot be had', () => {
    const gone = (position: number, previewUrl: string): ImageRecord => {
      const record = recordOf(server.url(`/gone${position}`), position);
      const claimed = { width: 1920, height: 1280 };
      return { ...record, candidate: { ...record.candidate, claimed, previewUrl } };
    };
    const inline = `data:image/jpeg;base64,${image(21).toString('base64')}`;
    const records = (): ImageRecord[] => [
      gone(0, server.on('/preview', whole(image(20)))),
      gone(1, inline),
      ...serve(0, 2).map((url, at) => recordOf(url, 2 + at)),
      gone(4, server.url('/no-preview')),
    ];

    it('never uses a preview unasked', async () => {
      expect((await collecting.collectRecords(records(), 4)).kept.map(({ position }) => position)).toEqual([
        2, 3,
      ]);
      expect(server.times('/preview')).toBe(0);
    });

    it('fills up missing images with labelled previews if that is allowed', async () => {
      const { kept } = await collecting.collectRecords(records(), 4, undefined, { allowsPreviews: true });
      expect(kept.map(({ position, candidate }) => [position, candidate.foundBy ?? null])).toEqual([
        [0, 'thumbnail'],
        [1, 'thumbnail'],
        [2, null],
        [3, null],
      ]);
      expect(await collecting.bytesOf({ kept })).toEqual([20, 21, 0, 1].map(image));
      expect(collecting.resolved.map(({ candidate }) => candidate.foundBy)).toEqual([
        'thumbnail',
        'thumbnail',
      ]);
    });

    it('prefers originals that are found later', async () => {
      const { kept } = await collecting.collectRecords(records(), 2, undefined, { allowsPreviews: true });
      expect(kept.map(({ position }) => position)).toEqual([2, 3]);
    });

    it('rejects a candidate without a preview for the reason of its original', async () => {
      await collecting.collectRecords(records(), 5, undefined, { allowsPreviews: true });
      expect(collecting.outcomes.findLast(({ position }) => position === 4)?.outcome).toMatchObject({
        reason: 'http_status',
        detail: '404',
      });
    });

    it('uses previews of candidates that an earlier run rejected', async () => {
      await collecting.collectRecords(records(), 4);
      const known = [...collecting.outcomes];
      const { kept } = await collecting.collectRecords([], 4, undefined, { allowsPreviews: true, known });
      expect(kept.map(({ position }) => position)).toEqual([0, 1, 2, 3]);
    });
  });

  describe('with records of an earlier run', () => {
    it('downloads nothing twice', async () => {
      const urls = serve(0, 10);
      const { kept: before } = await collecting.collect(urls, 6);
      const asked = before.map((record) => record.candidate.imageUrl);
      server.asked.length = 0;
      const { kept } = await collecting.collect(urls, 10, { known: before });
      expect(kept).toHaveLength(10);
      expect(asked.filter((url) => url !== null && server.times(new URL(url).pathname) > 0)).toEqual([]);
    });

    it('sends no request if everything is there', async () => {
      const { kept: before } = await collecting.collect(serve(0, 6), 6);
      server.asked.length = 0;
      expect(await collecting.collect(serve(0, 6), 6, { known: before })).toEqual({ kept: before });
      expect(server.asked).toEqual([]);
    });

    it('downloads missing and short files again, but no rejected ones', async () => {
      const urls = [...serve(0, 4), server.url('/gone')];
      const { kept: before } = await collecting.collect(urls, 5);
      const files = await collecting.files();
      await rm(join(collecting.dataDir, 'work', JOB_ID, files[0] ?? ''));
      await writeFile(join(collecting.dataDir, 'work', JOB_ID, files[1] ?? ''), 'short');
      server.asked.length = 0;
      const known = [
        ...before,
        ...collecting.outcomes.filter((record) => record.outcome.status === 'rejected'),
      ];
      const { kept } = await collecting.collect(urls, 5, { known });
      expect(kept).toEqual(before);
      expect(server.asked).toHaveLength(2);
      expect(await collecting.files()).toEqual(files);
    });

    it('removes part files of a killed run', async () => {
      const folder = join(collecting.dataDir, 'work', JOB_ID);
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'x.part'), 'half an image');
      await collecting.collect([], 1);
      expect(await collecting.files()).toEqual([]);
    });
  });

  describe('when it is stopped', () => {
    it('ends at once with the reason, closes its connections and leaves no part of a file', async () => {
      const stop = new AbortController();
      const urls = Array.from({ length: 9 }, (_url, index) => server.on(`/s${index}`, stalled(image(1), 99)));
      const collect = collecting.collect(urls, 9, { signal: stop.signal });
      while (server.asked.length < 6) await pause(5);
      const before = performance.now();
      stop.abort(new Error('cancelled by a person'));
      await expect(collect).rejects.toThrow('cancelled by a person');
      expect(performance.now() - before).toBeLessThan(PATIENCE_MS / 2);
      expect(await collecting.files()).toEqual([]);
      while (server.sockets.size > 0) await pause(5);
      expect(collecting.outcomes).toEqual([]);
    });

    it('does not begin with a signal that has aborted', async () => {
      const collect = collecting.collect(serve(0, 1), 1, { signal: AbortSignal.abort(new Error('no')) });
      await expect(collect).rejects.toThrow('no');
      expect(server.asked).toEqual([]);
    });
  });

  it('reports that the disk cannot be written to', async () => {
    await rm(collecting.dataDir, { recursive: true });
    await writeFile(collecting.dataDir, 'a file in the place of the folder');
    await expect(collecting.collect(serve(0, 1), 1)).rejects.toMatchObject({ code: 'disk.not_writable' });
  });

  it('fails with the error of storing a thumbnail', async () => {
    const observer = {
      onOutcome: () => undefined,
      onResolved: () => Promise.resolve(),
      onKept: () => Promise.reject(new Error('no room for thumbnails')),
    };
    const candidates = candidatesOf(serve(0, 1));
    const signal = new AbortController().signal;
    const collect = collecting.collector.collect(orderOf(candidates, 1), observer, signal);
    await expect(collect).rejects.toThrow('no room for thumbnails');
  });
});
