import sharp, { type Sharp } from 'sharp';

/** Makes a near duplicate of a picture. */
export type Change = (original: Buffer) => Promise<Buffer>;

/** Changes that pictures undergo on the web while they remain the same picture. */
export const CHANGES: Readonly<Record<string, Change>> = {
  'JPEG at quality 60': (original) => sharp(original).jpeg({ quality: 60 }).toBuffer(),
  'JPEG at quality 20': (original) => sharp(original).jpeg({ quality: 20 }).toBuffer(),
  'WebP at quality 50': (original) => sharp(original).webp({ quality: 50 }).toBuffer(),
  'half the size': async (original) => scaled(original, 0.5),
  'a third of the size': async (original) => scaled(original, 0.33),
  'twice the size': async (original) => scaled(original, 2),
  'two per cent cut off all around': (original) => cropped(original, [0.02, 0.02, 0.02, 0.02]),
  'five per cent cut off all around': (original) => cropped(original, [0.05, 0.05, 0.05, 0.05]),
  'ten per cent cut off at the right': (original) => cropped(original, [0, 0, 0.1, 0]),
  'ten per cent cut off at the bottom': (original) => cropped(original, [0, 0, 0, 0.1]),
  'ten per cent cut off at two sides': (original) => cropped(original, [0.1, 0.1, 0, 0]),
  'cut unevenly, half the size, JPEG': async (original) =>
    sharp(await scaled(await cropped(original, [0.03, 0.06, 0.05, 0.01]), 0.5))
      .jpeg({ quality: 70 })
      .toBuffer(),
  'a little lighter': (original) => encoded(sharp(original).linear(1, 15)),
  'a little more contrast': (original) => encoded(sharp(original).linear(1.15, -18)),
  'a little more colour': (original) => encoded(sharp(original).modulate({ saturation: 1.25 })),
  'a little warmer': (original) =>
    encoded(
      sharp(original)
        .removeAlpha()
        .toColourspace('srgb')
        .recomb([
          [1.06, 0, 0],
          [0, 1, 0],
          [0, 0, 0.94],
        ]),
    ),
  'a faint mark laid over': (original) => marked(original),
  sharpened: (original) => encoded(sharp(original).sharpen({ sigma: 1.5 })),
  blurred: (original) => encoded(sharp(original).blur(1.5)),
};

async function marked(original: Buffer): Promise<Buffer> {
  const { width, height } = await sharp(original).metadata();
  const mark = `<text x="50%" y="55%" font-size="${Math.round(height / 5)}" text-anchor="middle" fill="white" fill-opacity=".3">a mark</text>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${mark}</svg>`;
  return encoded(
    sharp(original)
      .toColourspace('srgb')
      .composite([{ input: Buffer.from(svg) }]),
  );
}

function encoded(image: Sharp): Promise<Buffer> {
  return image.removeAlpha().jpeg({ quality: 85 }).toBuffer();
}

async function scaled(original: Buffer, by: number): Promise<Buffer> {
  const { width } = await sharp(original).metadata();
  return encoded(sharp(original).resize(Math.round(width * by)));
}

/** @param shares share of width or height to cut off at the left, top, right and bottom */
async function cropped(original: Buffer, shares: readonly [number, number, number, number]): Promise<Buffer> {
  const { width, height } = await sharp(original).metadata();
  const [left, top] = [Math.round(width * shares[0]), Math.round(height * shares[1])];
  const rest = {
    width: Math.round(width * (1 - shares[2])) - left,
    height: Math.round(height * (1 - shares[3])) - top,
  };
  return encoded(sharp(original).extract({ left, top, ...rest }));
}
