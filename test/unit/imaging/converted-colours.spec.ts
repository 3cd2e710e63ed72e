import sharp from 'sharp';
import { pngChunks } from '../../../src/imaging/formats/png-file.js';
import type { ImageFormat } from '../../../src/jobs/image-record.js';
import type { ConversionTask } from '../../../src/imaging/converting/converter-program.js';
import { ImageConversion } from '../../../src/imaging/converting/image-conversion.js';
import { ampleMemory } from '../../support/images/ample-memory.js';
import { avifFile, plainPicture } from '../../support/images/avif-files.js';
import { inkedJpeg } from '../../support/images/inked-jpeg.js';
import { animatedPng, picture, withChunks } from '../../support/images/sample-images.js';

const NOTES = [{ stripMetadata: false }, { stripMetadata: true }] as const;
const TONE = plainPicture(16, 16, '#804020');
const P3_PRIMARIES = [31_270, 32_900, 68_000, 32_000, 26_500, 69_000, 15_000, 6000];

function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, 4 * index);
  return bytes;
}

const NEVER = new AbortController().signal;

async function pixelOf(file: Buffer): Promise<number[]> {
  return [...(await sharp(file).toColourspace('srgb').removeAlpha().raw().toBuffer()).subarray(0, 3)];
}

describe('the colours of a converted image', () => {
  let conversion: ImageConversion;
  beforeEach(() => {
    conversion = new ImageConversion(ampleMemory());
  });
  afterEach(() => conversion.end());

  const convert = async (bytes: Buffer, task: Partial<ConversionTask> = {}): Promise<Buffer> =>
    (
      await conversion.convert(
        { bytes, format: 'png', longestSidePx: null, stripMetadata: false, ...task },
        NEVER,
      )
    ).bytes;

  /**
   * The largest difference between a colour of a converted image and the expected one, with and without
   * metadata.
   */
  async function distance(
    bytes: Buffer,
    colour: readonly number[],
    task: Partial<ConversionTask> = {},
  ): Promise<number> {
    const seen = await Promise.all(
      NOTES.map(async (notes) => pixelOf(await convert(bytes, { ...task, ...notes }))),
    );
    return Math.max(
      ...seen.flatMap((pixel) => pixel.map((value, at) => Math.abs(value - (colour[at] ?? 0)))),
    );
  }

  it.each(['png', 'jpeg', 'webp'] as const)(
    'are those that browsers show for CMYK without a profile, as %s',
    async (format) => {
      expect(await distance(await inkedJpeg([255, 255, 0, 0]), [0, 0, 255], { format })).toBeLessThanOrEqual(
        2,
      );
      expect(
        await distance(await inkedJpeg([0, 102, 204, 51]), [204, 122, 41], { format }),
      ).toBeLessThanOrEqual(2);
    },
  );

  it('are the same if the file does not state how inks are stored', async () => {
    const whole = await inkedJpeg([255, 255, 0, 0]);
    const name = whole.indexOf('Adobe');
    const unmarked = Buffer.concat([
      whole.subarray(0, name - 4),
      whole.subarray(name - 2 + whole.readUInt16BE(name - 2)),
    ]);
    expect(await distance(unmarked, [0, 0, 255])).toBeLessThanOrEqual(2);
  });

  it('are those of the CMYK profile, with and without metadata', async () => {
    const inks = await TONE.clone().withIccProfile('cmyk').jpeg({ quality: 100 }).toBuffer();
    expect(await sharp(inks).metadata()).toMatchObject({ space: 'cmyk', hasProfile: true });
    expect(await distance(inks, await pixelOf(inks))).toBeLessThanOrEqual(2);
  });

  it.each([
    ['gAMA', { gAMA: numbers(100_000) }, [188, 137, 99]],
    ['gAMA and cHRM', { cHRM: numbers(...P3_PRIMARIES), gAMA: numbers(45_455) }, [139, 57, 11]],
    ['cICP', { cICP: Buffer.from([12, 13, 0, 1]) }, [140, 61, 23]],
    ['sRGB before gAMA', { sRGB: Buffer.from([0]), gAMA: numbers(100_000) }, [128, 64, 32]],
    ['cHRM alone', { cHRM: numbers(...P3_PRIMARIES) }, [128, 64, 32]],
    ['gAMA of a screen', { gAMA: numbers(45_000) }, [128, 64, 32]],
  ] as const)('are those in %s of a PNG', async (_what, chunks, colour) => {
    expect(
      await distance(withChunks(await TONE.clone().png().toBuffer(), chunks), colour),
    ).toBeLessThanOrEqual(2);
  });

  it('are those in cICP of a PNG even if it has a profile', async () => {
    const tagged = await TONE.clone().withIccProfile('p3').png().toBuffer();
    const profile = [...pngChunks(tagged)].find(({ type }) => type === 'iCCP')?.data ?? Buffer.alloc(0);
    const plain = await TONE.clone().png().toBuffer();
    expect(await distance(withChunks(plain, { iCCP: profile }), [140, 61, 23])).toBeLessThanOrEqual(2);
    expect(
      await distance(withChunks(plain, { cICP: Buffer.from([1, 13, 0, 1]), iCCP: profile }), [128, 64, 32]),
    ).toBeLessThanOrEqual(2);
  });

  it('follow gAMA for the greys of a PNG', async () => {
    const grey = await TONE.clone().toColourspace('b-w').png().toBuffer();
    const [tone = 0] = await pixelOf(grey);
    const light = tone / 255;
    const shown = 255 * (1.055 * light ** (1 / 2.4) - 0.055);
    expect(
      await distance(withChunks(grey, { gAMA: numbers(100_000) }), [shown, shown, shown]),
    ).toBeLessThanOrEqual(2);
  });

  it('are the same to the last bit with and without metadata, for any profile', async () => {
    const noted = picture(3, 64, 48).withExif({ IFD0: { Artist: 'Ann' } });
    for (const profile of ['p3', 'srgb', 'cmyk']) {
      const bytes = await noted.clone().withIccProfile(profile).jpeg().toBuffer();
      const [kept, stripped] = await Promise.all(NOTES.map((notes) => convert(bytes, notes)));
      expect(await sharp(kept).raw().toBuffer()).toEqual(await sharp(stripped).raw().toBuffer());
      expect((await sharp(kept).metadata()).exif).toBeDefined();
      expect((await sharp(stripped).metadata()).exif).toBeUndefined();
    }
  });

  it('are the same for a profile at 16 bits with and without metadata', async () => {
    const deep = await TONE.clone().toColourspace('rgb16').withIccProfile('p3').png().toBuffer();
    expect(await sharp(deep).metadata()).toMatchObject({ depth: 'ushort', hasProfile: true });
    expect(await distance(deep, [128, 64, 32])).toBeLessThanOrEqual(2);
  });

  it('stay unchanged if they are HDR or rare', async () => {
    const png = await TONE.clone().png().toBuffer();
    for (const points of [
      [9, 16, 0, 1],
      [9, 18, 0, 1],
      [1, 17, 0, 1],
    ])
      await expect(convert(withChunks(png, { cICP: Buffer.from(points) }))).rejects.toThrow('HDR');
    for (const colours of [
      [9, 16, 9],
      [9, 18, 9],
      [12, 13, 6],
    ] as const) {
      const avif = await avifFile([{ picture: TONE, colours }]);
      await expect(convert(avif, { format: 'jpeg' })).rejects.toThrow('HDR');
    }
    expect(
      await distance(await avifFile([{ picture: TONE, colours: [1, 13, 6] }]), [128, 64, 32]),
    ).toBeLessThanOrEqual(2);
  });

  it('stay unchanged if an AVIF may not use all values for its greys', async () => {
    const grey = await avifFile([{ picture: TONE }]);
    const coding = grey.indexOf('av1C') + 6;
    grey[coding] = (grey[coding] ?? 0) | 0x10;
    await expect(convert(grey)).rejects.toThrow('its greys are stored in a rare way');
  });

  it('stay unchanged if 16 bits have tones that a profile cannot express finely enough', async () => {
    const deep = await TONE.clone().toColourspace('rgb16').png().toBuffer();
    await expect(convert(withChunks(deep, { gAMA: numbers(100_000) }))).rejects.toThrow('16 bits');
    expect(
      await distance(
        withChunks(deep, { gAMA: numbers(45_455), cHRM: numbers(...P3_PRIMARIES) }),
        [139, 57, 11],
      ),
    ).toBeLessThanOrEqual(2);
  });

  it('stay unchanged if 16-bit greys have a profile', async () => {
    const deep = await TONE.clone().toColourspace('grey16').png().toBuffer();
    const lit = withChunks(deep, { gAMA: numbers(60_000) });
    await expect(convert(lit)).rejects.toThrow('16 bits');
  });
});

describe('a converted image', () => {
  let conversion: ImageConversion;
  beforeEach(() => {
    conversion = new ImageConversion(ampleMemory());
  });
  afterEach(() => conversion.end());

  async function factsOf(bytes: Buffer, format: ImageFormat) {
    const task = { bytes, format, longestSidePx: 8, stripMetadata: false };
    return sharp((await conversion.convert(task, NEVER)).bytes).metadata();
  }

  it('keeps its depth if the format allows it', async () => {
    const png = await TONE.clone().toColourspace('rgb16').png().toBuffer();
    const avif = await TONE.clone().toColourspace('rgb16').avif({ bitdepth: 10 }).toBuffer();
    expect(await factsOf(png, 'png')).toMatchObject({ space: 'rgb16', bitsPerSample: 16 });
    expect(await factsOf(png, 'jpeg')).toMatchObject({ space: 'srgb', depth: 'uchar' });
    expect(await factsOf(avif, 'avif')).toMatchObject({ bitsPerSample: 10 });
  });

  it('stays grey', async () => {
    const grey = TONE.clone().toColourspace('b-w');
    const clear = await grey.clone().ensureAlpha(0.5).png().toBuffer();
    const deep = await TONE.clone().toColourspace('grey16').png().toBuffer();
    expect(await factsOf(await grey.clone().jpeg().toBuffer(), 'jpeg')).toMatchObject({ channels: 1 });
    expect(await factsOf(await grey.clone().png().toBuffer(), 'jpeg')).toMatchObject({ channels: 1 });
    expect(await factsOf(clear, 'png')).toMatchObject({ channels: 2, hasAlpha: true });
    expect(await factsOf(deep, 'png')).toMatchObject({ space: 'grey16' });
  });

  it('keeps its motion, or stays unchanged', async () => {
    const png = await animatedPng(3);
    const avif = await avifFile([{ picture: TONE }], { frames: 3 });
    for (const format of ['png', 'webp', 'jpeg'] as const)
      await expect(factsOf(png, format)).rejects.toThrow('a moving PNG would become a still one');
    await expect(factsOf(avif, 'avif')).rejects.toThrow('a moving AVIF would become a still one');
    expect(await factsOf(await animatedPng(1), 'png')).toMatchObject({ width: 8 });
    // A single picture that moves in over another one.
    const still = await picture(1, 64, 48).png().toBuffer();
    await expect(factsOf(withChunks(still, { fdAT: Buffer.alloc(9) }), 'png')).rejects.toThrow(
      'a moving PNG',
    );
  });

  it('shows the primary picture of an AVIF with several', async () => {
    const several = await avifFile([{ picture: picture(1, 40, 30) }, { picture: TONE }], { primary: 2 });
    expect(await factsOf(several, 'webp')).toMatchObject({ width: 8, height: 8 });
  });
});

describe('a transparent picture as JPEG', () => {
  /** A disc of one colour on a transparent ground, with another colour in its middle. */
  async function logo(colour: string, middle: string): Promise<Buffer> {
    const disc = `<svg width="64" height="64"><circle cx="32" cy="32" r="28" fill="${colour}"/>
      <circle cx="32" cy="32" r="8" fill="${middle}"/></svg>`;
    return sharp(Buffer.from(disc)).png().toBuffer();
  }

  async function cornerOf(bytes: Buffer): Promise<number> {
    const conversion = new ImageConversion(ampleMemory());
    const task = { bytes, format: 'jpeg', longestSidePx: null, stripMetadata: false } as const;
    const converted = await conversion.convert(task, NEVER);
    conversion.end();
    return (await pixelOf(converted.bytes))[0] ?? -1;
  }

  it('is on white, or on black if it were invisible on white', async () => {
    expect(await cornerOf(await logo('#000', '#000'))).toBeGreaterThan(250);
    expect(await cornerOf(await logo('#c33', '#fff'))).toBeGreaterThan(250);
    expect(await cornerOf(await logo('#fff', '#fff'))).toBeLessThan(5);
    expect(await cornerOf(await logo('#f8f8f4', '#c33'))).toBeLessThan(5);
  });
});
