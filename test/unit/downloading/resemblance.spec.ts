import sharp from 'sharp';
import type { Features } from '../../../src/imaging/similarity/features.js';
import { resemblanceOf } from '../../../src/imaging/similarity/resemblance.js';
import { sampleFeatures } from '../../support/images/similarity/sample-features.js';
import { patches } from '../../support/images/sample-images.js';

const picture = await (await patches(3)).jpeg().toBuffer();
const preview = await sampleFeatures(await sharp(picture).resize(120).jpeg({ quality: 60 }).toBuffer());

async function plain(background: string): Promise<Features> {
  return sampleFeatures(
    await sharp({ create: { width: 320, height: 240, channels: 3, background } })
      .png()
      .toBuffer(),
  );
}

/** Another picture with this aspect ratio. */
async function other(width: number, height: number): Promise<Features> {
  const drawn = await (await patches(11)).resize(width, height, { fit: 'fill' }).jpeg().toBuffer();
  return sampleFeatures(drawn);
}

describe('resemblanceOf', () => {
  it('recognises the picture of a preview, in any size and lightly cropped', async () => {
    expect(resemblanceOf(await sampleFeatures(picture), preview, 4 / 3)).toBe('same');
    const cropped = sharp(picture).extract({ left: 8, top: 6, width: 304, height: 228 });
    expect(resemblanceOf(await sampleFeatures(await cropped.jpeg().toBuffer()), preview, 4 / 3)).toBe('same');
  });

  it('recognises another picture of any shape, and a blank', async () => {
    expect(resemblanceOf(await other(640, 480), preview, 4 / 3)).toBe('other');
    expect(resemblanceOf(await other(300, 600), preview, 4 / 3)).toBe('other');
    expect(resemblanceOf(await plain('#eee'), preview, 4 / 3)).toBe('other');
  });

  it('ignores the shape if the preview may be cropped', async () => {
    expect(resemblanceOf(await other(300, 600), preview, 0.5)).toBe('unclear');
    expect(resemblanceOf(await other(300, 600), preview, null)).toBe('unclear');
  });

  it('compares blanks by their tones', async () => {
    expect(resemblanceOf(await plain('#ddd'), await plain('#d8d8d8'), 4 / 3)).toBe('same');
    expect(resemblanceOf(await plain('#ddd'), await plain('#225'), 4 / 3)).toBe('other');
    expect(resemblanceOf(await sampleFeatures(picture), await plain('#ddd'), 4 / 3)).toBe('other');
  });
});
