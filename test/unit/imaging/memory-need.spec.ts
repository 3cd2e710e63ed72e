import sharp, { type Sharp } from 'sharp';
import { decodingBytes, encodingBytes } from '../../../src/imaging/memory-need.js';

const PIXELS = 320 * 200;

async function needOf(image: Sharp): Promise<number> {
  return decodingBytes(await sharp(await image.toBuffer()).metadata()) / PIXELS;
}

const picture = (channels: 3 | 4 = 3): Sharp =>
  sharp({ create: { width: 320, height: 200, channels, background: '#469' } });

describe('the memory for a picture', () => {
  it('is little if the picture is read line by line', async () => {
    expect(await needOf(picture().jpeg())).toBe(0);
    expect(await needOf(picture().png())).toBe(1);
    expect(await needOf(picture().toColourspace('rgb16').png())).toBe(2);
  });

  it('grows with the data per pixel if the picture is read in several passes', async () => {
    expect(await needOf(picture().jpeg({ progressive: true }))).toBe(6);
    expect(await needOf(picture().png({ progressive: true }))).toBe(5);
    expect(await needOf(picture(4).toColourspace('rgb16').png({ progressive: true }))).toBe(10);
  });

  it('is the whole picture for formats that are read at once', async () => {
    expect(await needOf(picture().webp())).toBe(9);
    expect(await needOf(picture().gif())).toBe(5);
    expect(await needOf(picture().avif({ effort: 0 }))).toBe(19);
    expect(await needOf(picture().toColourspace('rgb16').avif({ effort: 0, bitdepth: 10 }))).toBe(25);
  });

  it('is larger to write in some formats than in others', () => {
    expect(encodingBytes('png', 100)).toBeLessThan(encodingBytes('webp', 100));
    expect(encodingBytes('gif', 100)).toBeLessThan(encodingBytes('avif', 100));
  });
});
