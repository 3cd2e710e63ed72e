import { signatureOf } from '../../../src/downloading/fetching/image-signature.js';
import { type AvifOptions, type AvifPart, avifFile, plainPicture } from '../../support/images/avif-files.js';
import { ByteInspector } from '../../support/images/byte-inspector.js';
import { losslessJpeg, picture, withChunks } from '../../support/images/sample-images.js';

const [RED, BLUE] = [plainPicture(40, 30, '#d22'), plainPicture(64, 20, '#22d')];
const CLEAR = plainPicture(40, 30, '#888').toColourspace('b-w');

describe('the collector keeps what browsers show', () => {
  let inspector: ByteInspector;
  beforeAll(async () => {
    inspector = await ByteInspector.start();
  });
  afterAll(() => inspector.stop());

  const inspect = (bytes: Buffer): Promise<unknown> => inspector.inspect(bytes);
  const inspectAvif = async (parts: readonly AvifPart[], options?: AvifOptions): Promise<unknown> =>
    inspect(await avifFile(parts, options));

  describe('of AVIF', () => {
    it('keeps a file with several pictures as its primary one', async () => {
      const parts = [{ picture: RED }, { picture: BLUE }];
      const first = { format: 'avif', width: 40, height: 30, frames: 1 };
      await expect(inspectAvif(parts)).resolves.toMatchObject(first);
      await expect(inspectAvif(parts, { primary: 2 })).resolves.toMatchObject({
        ...first,
        width: 64,
        height: 20,
      });
    });

    it('keeps a moving file as its first picture', async () => {
      const moving = await avifFile([{ picture: RED }], { frames: 5 });
      expect(signatureOf(moving)).toEqual({ kind: 'image', format: 'avif' });
      await expect(inspect(moving)).resolves.toMatchObject({
        format: 'avif',
        width: 40,
        height: 30,
        frames: 5,
      });
    });

    it('refuses a moving file that is truncated or has no visible picture', async () => {
      const moving = await avifFile([{ picture: RED }], { frames: 5 });
      await expect(inspect(moving.subarray(0, -9))).resolves.toMatchObject({
        reason: 'broken_image',
        detail: 'AVIF ends early',
      });
      await expect(inspectAvif([{ picture: RED }], { frames: 5, hasStill: false })).resolves.toMatchObject({
        reason: 'unsupported_format',
        detail: 'moving avif without a still picture',
      });
    });

    it.each([
      ['no size', { picture: RED, size: null }],
      ['a size of 0', { picture: RED, size: [0, 30] }],
    ] as const)('refuses a file with %s', async (_what, part) => {
      await expect(inspectAvif([part])).resolves.toMatchObject({ detail: 'AVIF picture has no size' });
    });

    it('refuses a file whose transparency has no size', async () => {
      const alpha = { picture: CLEAR, alphaOf: 1 } as const;
      await expect(inspectAvif([{ picture: RED }, alpha])).resolves.toMatchObject({ width: 40 });
      await expect(inspectAvif([{ picture: RED }, { ...alpha, size: null }])).resolves.toMatchObject({
        detail: 'AVIF picture has no size',
      });
    });

    it('refuses a file with an optional rotation', async () => {
      const turned = { picture: RED, turn: 'essential' } as const;
      await expect(inspectAvif([turned])).resolves.toMatchObject({ width: 30, height: 40 });
      await expect(inspectAvif([{ ...turned, turn: 'optional' }])).resolves.toMatchObject({
        reason: 'broken_image',
        detail: 'AVIF picture need not be turned or cropped as it says',
      });
    });

    it('refuses a file with too many boxes', async () => {
      const still = await avifFile([{ picture: RED }]);
      const empty = Buffer.from('0000000866726565'.repeat(20_000), 'hex');
      await expect(inspect(Buffer.concat([still, empty]))).resolves.toMatchObject({
        reason: 'broken_image',
        detail: 'AVIF boxes make no sense',
      });
    });

    it('refuses a file with contradicting depths', async () => {
      await expect(inspectAvif([{ picture: RED, depth: 8 }])).resolves.toMatchObject({ width: 40 });
      await expect(inspectAvif([{ picture: RED, depth: 10 }])).resolves.toMatchObject({
        detail: 'AVIF picture has two depths',
      });
    });
  });

  it('refuses lossless JPEG', async () => {
    await expect(inspect(losslessJpeg())).resolves.toMatchObject({
      reason: 'unsupported_format',
      detail: 'lossless jpeg',
    });
  });

  it('detects a lossless JPEG behind headers of any length', async () => {
    const note = Buffer.alloc(65_000, 0x20);
    note.set([0xff, 0xfe, (note.length - 2) >> 8, (note.length - 2) & 255]);
    const whole = losslessJpeg();
    const noted = Buffer.concat([whole.subarray(0, 2), note, note, note, whole.subarray(2)]);
    await expect(inspect(noted)).resolves.toMatchObject({ detail: 'lossless jpeg' });
  });

  it('refuses a PNG with more than 256 colours in its palette, whether they are used or not', async () => {
    const whole = await picture(1, 64, 48).png().toBuffer();
    const palette = (colours: number): Buffer => withChunks(whole, { PLTE: Buffer.alloc(3 * colours, 7) });
    await expect(inspect(palette(256))).resolves.toMatchObject({ width: 64 });
    await expect(inspect(palette(257))).resolves.toMatchObject({ detail: 'PNG palette is too long' });
  });

  it('refuses a PNG that declares its colours as other than RGB', async () => {
    const whole = await picture(1, 64, 48).png().toBuffer();
    const coded = (matrix: number): Buffer => withChunks(whole, { cICP: Buffer.from([1, 13, matrix, 1]) });
    await expect(inspect(coded(0))).resolves.toMatchObject({ width: 64 });
    await expect(inspect(coded(1))).resolves.toMatchObject({ reason: 'broken_image' });
  });

  it('refuses a GIF of 0 × 0 pixels, but not one whose screen has no size', async () => {
    const whole = await picture(1, 64, 48).gif().toBuffer();
    const screenless = Buffer.from(whole).fill(0, 6, 10);
    const sizeless = Buffer.from(screenless);
    const first = sizeless.indexOf(Buffer.from([0x2c, 0, 0, 0, 0, 64, 0, 48, 0]));
    sizeless.fill(0, first + 5, first + 9);
    await expect(inspect(screenless)).resolves.toMatchObject({ width: 64, height: 48 });
    await expect(inspect(sizeless)).resolves.toMatchObject({ detail: 'GIF has no size' });
  });
});
