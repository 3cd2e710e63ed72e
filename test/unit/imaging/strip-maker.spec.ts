import sharp from 'sharp';
import { StripMaker } from '../../../src/imaging/strips/strip-maker.js';
import { ampleMemory } from '../../support/images/ample-memory.js';

const NEVER = new AbortController().signal;

describe('StripMaker', () => {
  let maker: StripMaker;
  beforeEach(() => {
    maker = new StripMaker(ampleMemory());
  });
  afterEach(() => maker.onApplicationShutdown());

  const thumbnail = (background: string, width: number, height: number): Promise<Buffer> =>
    sharp({ create: { width, height, channels: 3, background } })
      .webp()
      .toBuffer();

  it('puts thumbnails of any shape side by side, as squares with a white gap between them', async () => {
    const thumbnails = [
      await thumbnail('#ff0000', 128, 40),
      await thumbnail('#00ff00', 64, 128),
      await thumbnail('#0000ff', 128, 128),
    ];
    const strip = sharp(await maker.make(thumbnails, NEVER));
    const { data, info } = await strip.raw().toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: 3 * 128 + 2 * 8, height: 128, channels: 3 });
    const colourAt = (x: number): number[] =>
      [...data.subarray(3 * (64 * info.width + x))].slice(0, 3).map((part) => Math.round(part / 255));
    expect([64, 132, 200, 268, 336].map(colourAt)).toEqual([
      [1, 0, 0],
      [1, 1, 1],
      [0, 1, 0],
      [1, 1, 1],
      [0, 0, 1],
    ]);
  });

  it('refuses data that is no image, and continues afterwards', async () => {
    await expect(maker.make([Buffer.from('no image')], NEVER)).rejects.toMatchObject({
      code: 'internal.unexpected',
      context: { strip: expect.stringContaining('unsupported image format') },
    });
    await expect(maker.make([await thumbnail('#ff0000', 9, 9)], NEVER)).resolves.toBeInstanceOf(Buffer);
  });
});
