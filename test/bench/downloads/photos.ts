import sharp from 'sharp';

const BYTES_PER_PIXEL = 0.32;

/**
 * Random numbers, the same in every run.
 * @see https://en.wikipedia.org/wiki/Lehmer_random_number_generator
 */
export type Random = (least: number, most: number) => number;

/** @param seed a whole number of at least 1 */
export function randomOf(seed: number): Random {
  let state = seed;
  return (least, most) => {
    state = (state * 48_271) % 2_147_483_647;
    return least + (state / 2_147_483_647) * (most - least);
  };
}

/** Makes pictures that all look different: large random patches under some noise, as dense as photos. */
export function photographer(random: Random): (wantedBytes: number) => Promise<Buffer> {
  // A table of noise makes pictures compress like photos instead of drawings.
  const noise = Int8Array.from({ length: 65_521 }, () => random(-1, 1) * random(0, 48));
  return async (wantedBytes) => {
    const width = Math.round(Math.sqrt((wantedBytes / BYTES_PER_PIXEL) * (4 / 3)));
    const height = Math.round((width * 3) / 4);
    const patches = Buffer.from(Array.from({ length: 8 * 6 * 3 }, () => random(30, 225)));
    const pixels = await sharp(patches, { raw: { width: 8, height: 6, channels: 3 } })
      .resize(width, height, { kernel: 'cubic', fit: 'fill' })
      .raw()
      .toBuffer();
    const from = Math.round(random(0, noise.length));
    for (let at = 0; at < pixels.length; at += 1)
      pixels[at] = (pixels[at] ?? 0) + (noise[(from + at) % noise.length] ?? 0);
    return sharp(pixels, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 80 })
      .toBuffer();
  };
}
