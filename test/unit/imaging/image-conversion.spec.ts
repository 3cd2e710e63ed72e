import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import sharp from 'sharp';
import { type ConversionTask, CONVERTER } from '../../../src/imaging/converting/converter-program.js';
import { ImageConversion } from '../../../src/imaging/converting/image-conversion.js';
import { animation, jpeg, picture, pixelBomb } from '../../support/images/sample-images.js';
import { ampleMemory } from '../../support/images/ample-memory.js';

const NEVER = new AbortController().signal;
const AS_IT_IS = { longestSidePx: null, stripMetadata: false } as const;
const PIPE = new URL('../../../src/imaging/child-process/parent-pipe.ts', import.meta.url).href;
const TALKS = `import { hearParent, tellParent } from '${PIPE}';
`;
/** Answers every image with its own bytes, but exits on those that begin with an X. */
const FRAGILE = `${TALKS}hearParent(({ id, bytes, format }) => {
  if (bytes[0] === 88) process.exit(1);
  setTimeout(() => tellParent({ kind: 'done', id, bytes, format, width: 1, height: 1 }), 20);
});
tellParent({ kind: 'ready' });`;
const SILENT = `${TALKS}hearParent(() => {}); tellParent({ kind: 'ready' });`;
const ANSWERS_ONCE = `${TALKS}let answered = false;
hearParent(({ id, bytes, format }) => {
  if (!answered) tellParent({ kind: 'done', id, bytes, format, width: 1, height: 1 });
  answered = true;
});
tellParent({ kind: 'ready' });`;
const LYING = `${TALKS}hearParent(({ id }) => tellParent({ kind: 'done', id, format: 'exe' }));
tellParent({ kind: 'ready' });`;

describe('ImageConversion', () => {
  const open: ImageConversion[] = [];
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'image-job-convert-'));
  });
  afterEach(() => open.splice(0).forEach((made) => made.end()));
  afterAll(() => rm(folder, { recursive: true }));

  function conversion(program = CONVERTER): ImageConversion {
    const made = new ImageConversion(ampleMemory(), program);
    open.push(made);
    return made;
  }
  const convert = (bytes: Buffer, task: Partial<ConversionTask>) =>
    conversion().convert({ bytes, format: 'jpeg', ...AS_IT_IS, ...task }, NEVER);
  async function running(script: string, deadlineMs = 60_000): Promise<ImageConversion> {
    const path = join(folder, `${script.length}.mjs`);
    await writeFile(path, script);
    return conversion({ ...CONVERTER, script: path, deadlineMs });
  }
  const task = (text: string): ConversionTask => ({ bytes: Buffer.from(text), format: 'png', ...AS_IT_IS });

  it.each(['jpeg', 'png', 'webp'] as const)('converts to %s', async (format) => {
    const converted = await convert(await jpeg(1), { format });
    expect(converted).toMatchObject({ format, width: 320, height: 200 });
    expect(await sharp(converted.bytes).metadata()).toMatchObject({ format, width: 320, height: 200 });
  });

  it('scales down to the longest side and never up', async () => {
    expect(await convert(await jpeg(1), { longestSidePx: 160 })).toMatchObject({ width: 160, height: 100 });
    expect(await convert(await jpeg(1), { longestSidePx: 999 })).toMatchObject({ width: 320, height: 200 });
  });

  it('turns photos that were taken upright, and removes metadata only if asked to', async () => {
    const exif = { IFD0: { Artist: 'Ann', ImageDescription: 'Secret place' } };
    const upright = await picture(3).jpeg().withExif(exif).withMetadata({ orientation: 6 }).toBuffer();
    const noted = await convert(upright, { format: 'jpeg' });
    const stripped = await convert(upright, { format: 'jpeg', stripMetadata: true });
    expect([noted.width, noted.height, stripped.width, stripped.height]).toEqual([200, 320, 200, 320]);
    expect((await sharp(noted.bytes).metadata()).exif?.toString('latin1')).toContain('Secret place');
    expect((await sharp(noted.bytes).metadata()).orientation ?? 1).toBe(1);
    expect((await sharp(stripped.bytes).metadata()).exif).toBeUndefined();
  });

  it('keeps animations moving if the format can, and shows their first picture otherwise', async () => {
    const moving = await animation('gif', 3);
    const webp = await convert(moving, { format: 'webp', longestSidePx: 32 });
    expect(webp).toMatchObject({ width: 32, height: 24 });
    expect(await sharp(webp.bytes).metadata()).toMatchObject({ pages: 3 });
    expect(await convert(moving, { format: 'png' })).toMatchObject({ width: 64, height: 48 });
  });

  it('puts transparent parts on white in a JPEG', async () => {
    const clear = await sharp({ create: { width: 8, height: 8, channels: 4, background: '#00000000' } })
      .png()
      .toBuffer();
    const { bytes } = await convert(clear, { format: 'jpeg' });
    expect((await sharp(bytes).stats()).channels.every(({ mean }) => mean > 250)).toBe(true);
  });

  it('refuses broken and too large images', async () => {
    await expect(convert(Buffer.from('no image'), {})).rejects.toThrow('unsupported image format');
    await expect(convert(await pixelBomb(12_000, 12_000), {})).rejects.toThrow('pixel limit');
  });

  it('reports the fault of each image, whatever is converted beside it', async () => {
    const [whole, png] = [await jpeg(5, 640, 480), await picture(5, 640, 480).png().toBuffer()];
    const broken = [
      whole.subarray(0, 200),
      Buffer.from(png).fill(0, png.length >> 1, (png.length >> 1) + 99),
      (await picture(5, 640, 480).webp().toBuffer()).subarray(0, 999),
    ];
    const reasonsOf = async (made: ImageConversion, files: readonly Buffer[]): Promise<unknown[]> => {
      const tasks = files.map((bytes): ConversionTask => ({ bytes, format: 'png', ...AS_IT_IS }));
      const ends = await Promise.allSettled(tasks.map((one) => made.convert(one, NEVER)));
      return ends.map((end) => (end.status === 'rejected' ? String(end.reason) : 'converted'));
    };
    const alone: unknown[] = [];
    for (const bytes of broken) alone.push(...(await reasonsOf(conversion(), [bytes])));
    expect(alone).not.toContain('converted');
    const crowd = Array.from({ length: 20 }, () => broken).flat();
    expect(await reasonsOf(conversion(), crowd)).toEqual(Array.from({ length: 20 }, () => alone).flat());
  });

  it('refuses only the image that crashes the converter', async () => {
    const fragile = await running(FRAGILE);
    const results = await Promise.allSettled(
      ['a', 'X', 'b', 'c'].map((text) => fragile.convert(task(text), NEVER)),
    );
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect(results[1]).toMatchObject({ reason: { message: 'crashed the converter' } });
    expect((await fragile.convert(task('d'), NEVER)).bytes.toString()).toBe('d');
  });

  it('refuses an image that takes too long', async () => {
    const silent = await running(SILENT, 50);
    await expect(silent.convert(task('a'), NEVER)).rejects.toThrow('took too long');
  });

  it('does not trust a converter that answers nonsense', async () => {
    const lying = await running(LYING);
    await expect(lying.convert(task('a'), NEVER)).rejects.toThrow('crashed the converter');
  });

  it('ends at once, even during a conversion', async () => {
    const busy = await running(ANSWERS_ONCE);
    await busy.convert(task('a'), NEVER);
    const converting = busy.convert(task('b'), NEVER);
    await setImmediate();
    busy.end();
    await expect(converting).rejects.toThrow('went away');
    await expect(busy.convert(task('c'), NEVER)).rejects.toThrow('went away');
  });
});
