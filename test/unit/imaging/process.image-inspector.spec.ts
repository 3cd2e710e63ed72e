import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import sharp, { type Sharp } from 'sharp';
import { ImageProcessGone } from '../../../src/imaging/child-process/image-process.js';
import { fingerprintOf } from '../../../src/imaging/similarity/fingerprint.js';
import { type Features, featuresOf } from '../../../src/imaging/similarity/features.js';
import { isSamePicture } from '../../../src/imaging/similarity/same-picture.js';
import { ImageMemory } from '../../../src/imaging/image-memory.js';
import { DECODER } from '../../../src/imaging/decoding/decoder-program.js';
import { ProcessImageInspector } from '../../../src/imaging/decoding/process.image-inspector.js';
import { inkedJpeg } from '../../support/images/inked-jpeg.js';
import { PATIENCE_MS } from '../../support/patience.js';
import { animatedPng, animation, jpeg, patches, picture } from '../../support/images/sample-images.js';
import { ampleMemory } from '../../support/images/ample-memory.js';

const POISONED = fileURLToPath(new URL('../../support/images/poisoned-decoder.ts', import.meta.url));
const NEVER = new AbortController().signal;

describe('ProcessImageInspector', () => {
  let folder: string;
  let good: string;
  let inspector: ProcessImageInspector;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inspecting-'));
    good = join(folder, 'good.jpg');
    await writeFile(good, await jpeg(1));
    inspector = inspectorWith(POISONED);
  });

  afterEach(async () => {
    inspector.onApplicationShutdown();
    await rm(folder, { recursive: true });
  });

  function inspectorWith(
    script: string,
    idleMs = 5000,
    decodeDeadlineMs = PATIENCE_MS,
  ): ProcessImageInspector {
    const program = { ...DECODER, atATime: 3, idleMs, deadlineMs: decodeDeadlineMs, script };
    return new ProcessImageInspector(ampleMemory(), program);
  }

  const poison = (misdeed: string): Promise<unknown> =>
    inspector.inspect(join(folder, `${misdeed}.poison`), NEVER).catch((error: unknown) => error);

  it.each(['crash', 'babble', 'garble', 'shorten'])(
    'loses no other image when one makes the decoder %s',
    async (misdeed) => {
      const all = Array.from({ length: 7 }, (_one, index) =>
        index === 2 ? poison(misdeed) : inspector.inspect(good, NEVER),
      );
      const results = await Promise.all(all);
      expect(results.filter((_result, index) => index !== 2)).toEqual(
        Array.from({ length: 6 }, () => expect.objectContaining({ format: 'jpeg', width: 320, height: 200 })),
      );
      expect(results[2]).toMatchObject({ reason: 'broken_image', detail: 'crashed the decoder' });
    },
  );

  it('ends a decoder that an image keeps busy for too long, and loses no other image', async () => {
    inspector = inspectorWith(POISONED, 5000, 4000);
    await inspector.inspect(good, NEVER);
    const [hung, fine] = await Promise.all([poison('hang'), inspector.inspect(good, NEVER)]);
    expect(hung).toMatchObject({ reason: 'broken_image' });
    expect(fine).toMatchObject({ format: 'jpeg' });
  });

  it('continues after a crash', async () => {
    await poison('crash');
    await expect(inspector.inspect(good, NEVER)).resolves.toMatchObject({ width: 320 });
  });

  it('blames no image when the decoder cannot start at all', async () => {
    inspector = inspectorWith(join(folder, 'missing.js'));
    await expect(inspector.inspect(good, NEVER)).rejects.toMatchObject({
      code: 'internal.unexpected',
      context: { part: 'image decoder' },
    });
  });

  it('ends its process after a while without work', async () => {
    inspector = inspectorWith(POISONED, 50);
    const { detail } = (await poison('pid')) as { detail: string };
    const pid = Number(detail.replace('pid ', ''));
    expect(isRunning(pid)).toBe(true);
    while (isRunning(pid)) await pause(10);
    await expect(inspector.inspect(good, NEVER)).resolves.toMatchObject({ width: 320 });
  });

  it('passes no environment variables to the process', async () => {
    expect(process.env['PATH']).toBeDefined();
    const { detail } = (await poison('environment')) as { detail: string };
    // libvips sets VIPSHOME itself.
    const own = /^(?:NODE_CHANNEL_\w+|VIPSHOME)$/;
    expect(detail.split(' ').filter((name) => !own.test(name))).toEqual(['MALLOC_ARENA_MAX']);
  });

  it('starts no new process after the shutdown of the service, even during decoding', async () => {
    inspector = inspectorWith(POISONED);
    await inspector.inspect(good, NEVER);
    const unfinished = Array.from({ length: 4 }, () => poison('hang'));
    inspector.onApplicationShutdown();
    for (const error of await Promise.all(unfinished)) expect(error).toBeInstanceOf(ImageProcessGone);
    await expect(inspector.inspect(good, NEVER)).rejects.toBeInstanceOf(ImageProcessGone);
  });

  it('ends at once with the reason of its signal', async () => {
    const stop = new AbortController();
    const waiting = Array.from({ length: 9 }, () => inspector.inspect(good, stop.signal));
    stop.abort(new Error('enough'));
    const ends = await Promise.allSettled(waiting);
    expect(ends.map((end) => end.status === 'rejected' && String(end.reason))).toEqual(
      Array.from({ length: 9 }, () => 'Error: enough'),
    );
    await expect(inspector.inspect(good, stop.signal)).rejects.toThrow('enough');
  });

  it('recognises a picture in another size and compression', async () => {
    const look = async (seed: number, width: number, quality: number): Promise<Features> => {
      const path = join(folder, `${seed}-${width}.jpg`);
      await writeFile(path, await (await patches(seed)).resize(width).jpeg({ quality }).toBuffer());
      const seen = featuresOf(fingerprintOf((await inspector.inspect(path, NEVER)).miniature, 4 / 3));
      if (seen === null) throw new Error('no look');
      return seen;
    };
    const original = await look(3, 320, 95);
    expect(isSamePicture(original, await look(3, 150, 40))).toBe(true);
    expect(isSamePicture(original, await look(4, 320, 95))).toBe(false);
  });

  describe('on malformed files', () => {
    const inspect = async (bytes: Buffer): Promise<unknown> => {
      const path = join(folder, 'odd');
      await writeFile(path, bytes);
      return inspector.inspect(path, NEVER).catch((error: unknown) => error);
    };

    it('refuses a JPEG with a proper end that is damaged before it', async () => {
      const whole = await jpeg(5, 640, 480);
      const tail = Buffer.from(whole).fill(0, whole.length >> 1, whole.length - 2);
      const middle = Buffer.concat([whole.subarray(0, 9000), whole.subarray(12_000)]);
      await expect(inspect(tail)).resolves.toMatchObject({ reason: 'broken_image' });
      await expect(inspect(middle)).resolves.toMatchObject({ reason: 'broken_image' });
    });

    it('accepts a JPEG with a harmless oddity', async () => {
      const whole = await jpeg(5, 640, 480);
      const table = whole.indexOf(Buffer.from([0xff, 0xdb]));
      const padded = [whole.subarray(0, table), Buffer.alloc(5, 0x20), whole.subarray(table)];
      await expect(inspect(Buffer.concat(padded))).resolves.toMatchObject({ width: 640 });
      await expect(inspect(Buffer.concat([whole, Buffer.alloc(999)]))).resolves.toMatchObject({ width: 640 });
    });

    it('refuses a JPEG without its last hundredth', async () => {
      const progressive = await picture(5, 640, 480).jpeg({ progressive: true }).toBuffer();
      for (const whole of [await jpeg(5, 640, 480), progressive])
        await expect(inspect(whole.subarray(0, whole.length * 0.99))).resolves.toMatchObject({
          reason: 'broken_image',
        });
    });

    it('tells damaged JPEGs from odd ones while others are refused', async () => {
      const whole = await jpeg(5, 640, 480);
      const table = whole.indexOf(Buffer.from([0xff, 0xdb]));
      const files = [
        Buffer.from(whole).fill(0, whole.length >> 1, whole.length - 2),
        Buffer.concat([whole.subarray(0, 20), Buffer.alloc(200)]),
        Buffer.concat([whole.subarray(0, table), Buffer.alloc(5, 0x20), whole.subarray(table)]),
      ].map((bytes, place) => ({ bytes, path: join(folder, `crowd-${place}`) }));
      for (const { path, bytes } of files) await writeFile(path, bytes);
      const program = { ...DECODER, atATime: 12, deadlineMs: PATIENCE_MS };
      const crowd = new ProcessImageInspector(ampleMemory(), program);
      const ends = Array.from({ length: 60 }, (_one, turn) =>
        crowd.inspect(files[turn % 3]?.path ?? '', NEVER),
      );
      const isKept = (await Promise.allSettled(ends)).map(({ status }) => status === 'fulfilled');
      crowd.onApplicationShutdown();
      expect(isKept).toEqual(Array.from({ length: 60 }, (_one, turn) => turn % 3 === 2));
    });

    it('counts the frames of an animated PNG, and notices missing and damaged ones', async () => {
      const whole = await animatedPng(4);
      await expect(inspect(whole)).resolves.toMatchObject({ format: 'png', frames: 4, width: 64 });
      await expect(inspect(whole.subarray(0, -40))).resolves.toMatchObject({ reason: 'broken_image' });
      await expect(
        inspect(Buffer.from(whole).fill(0, whole.length - 60, whole.length - 40)),
      ).resolves.toMatchObject({
        reason: 'broken_image',
      });
    });
  });

  describe('on files that need much memory', () => {
    const NEED = 6 * 2400 * 1600;
    /** Counts the images with memory at the same time. */
    class WatchedMemory extends ImageMemory {
      most = 0;
      private now = 0;

      override async lease(...order: Parameters<ImageMemory['lease']>): Promise<Disposable> {
        const lease = await super.lease(...order);
        this.now += 1;
        this.most = Math.max(this.most, this.now);
        return {
          [Symbol.dispose]: () => {
            this.now -= 1;
            lease[Symbol.dispose]();
          },
        };
      }
    }

    async function large(): Promise<{ readonly whole: string; readonly odd: string; readonly bomb: string }> {
      const paths = {
        whole: join(folder, 'whole'),
        odd: join(folder, 'odd-one'),
        bomb: join(folder, 'bomb'),
      };
      const bytes = await plain(2400, 1600)
        .jpeg({ progressive: true, chromaSubsampling: '4:4:4' })
        .toBuffer();
      const table = bytes.indexOf(Buffer.from([0xff, 0xdb]));
      await writeFile(paths.whole, bytes);
      await writeFile(
        paths.odd,
        Buffer.concat([bytes.subarray(0, table), Buffer.alloc(5, 0x20), bytes.subarray(table)]),
      );
      await plain(4000, 2000).png({ progressive: true }).toFile(paths.bomb);
      return paths;
    }

    it('decodes them one after the other if there is memory for one, and refuses files that never fit', async () => {
      const memory = new WatchedMemory(1.5 * NEED);
      const narrow = new ProcessImageInspector(memory, {
        ...DECODER,
        atATime: 4,
        deadlineMs: PATIENCE_MS,
      });
      const { whole, odd, bomb } = await large();
      const seen = [whole, odd, whole, odd, bomb, good, whole].map((path) => narrow.inspect(path, NEVER));
      const ends = await Promise.allSettled(seen);
      narrow.onApplicationShutdown();
      const kept = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value.width] : []));
      expect(kept).toEqual([2400, 2400, 2400, 2400, 320, 2400]);
      expect(ends[4]).toMatchObject({ reason: { reason: 'too_many_pixels', detail: '39 MB to decode' } });
      expect(memory.most).toBe(1);
    });

    it('gives the memory of an image back when its process ends', async () => {
      const memory = new ImageMemory(1.5 * NEED);
      inspector.onApplicationShutdown();
      inspector = new ProcessImageInspector(memory, {
        ...DECODER,
        atATime: 4,
        deadlineMs: PATIENCE_MS,
        script: POISONED,
      });
      const { whole } = await large();
      const [crashed, ...seen] = await Promise.allSettled([
        poison('crash'),
        inspector.inspect(whole, NEVER),
        inspector.inspect(whole, NEVER),
      ]);
      expect(crashed).toMatchObject({ value: { reason: 'broken_image' } });
      expect(seen.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
      (await memory.lease(1.5 * NEED, NEVER))[Symbol.dispose]();
    });
  });

  it('decodes CMYK without a profile as browsers do', async () => {
    await writeFile(join(folder, 'inks.jpg'), await inkedJpeg([255, 255, 0, 0], 64));
    const { miniature } = await inspector.inspect(join(folder, 'inks.jpg'), NEVER);
    expect([...miniature.subarray(0, 4)]).toEqual([0, 0, 255, 255]);
  });

  it('reports frames, and the size as people see it', async () => {
    const [moving, turned] = [join(folder, 'a.gif'), join(folder, 'b.jpg')];
    await writeFile(moving, await animation('gif', 4));
    await writeFile(turned, await picture(1, 300, 200).withMetadata({ orientation: 8 }).jpeg().toBuffer());
    await expect(inspector.inspect(moving, NEVER)).resolves.toMatchObject({
      frames: 4,
      width: 64,
      height: 48,
    });
    await expect(inspector.inspect(turned, NEVER)).resolves.toMatchObject({
      frames: 1,
      width: 200,
      height: 300,
    });
  });
});

function plain(width: number, height: number): Sharp {
  return sharp({ create: { width, height, channels: 3, background: '#5a8' } });
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
