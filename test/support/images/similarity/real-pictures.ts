import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

/** Smaller images are icons, not pictures. */
const LEAST = { bytes: 1500, width: 90, height: 60 } as const;
const PICTURE = /data:image\/(?:jpeg|png|webp);base64,((?:[A-Za-z0-9+/=]|\\x3d|\\u003d|\\\/)+)/g;

/**
 * The thumbnails embedded in saved result pages, without duplicates.
 * @param folder of the saved pages; read only
 */
export async function realPictures(folder: string): Promise<Buffer[]> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.html'));
  const texts = await Promise.all(names.toSorted().map((name) => readFile(join(folder, name), 'utf8')));
  const encoded = texts.flatMap((text) =>
    [...text.matchAll(PICTURE)].map(([, base64 = '']) => plain(base64)),
  );
  const all = [...new Set(encoded)].map((base64) => Buffer.from(base64, 'base64'));
  const areFit = await Promise.all(all.map(isPicture));
  return all.filter((_bytes, index) => areFit[index]);
}

function plain(base64: string): string {
  return base64.replaceAll(/\\x3d|\\u003d/g, '=').replaceAll('\\/', '/');
}

async function isPicture(bytes: Buffer): Promise<boolean> {
  if (bytes.length < LEAST.bytes) return false;
  try {
    const { width, height } = await sharp(bytes).metadata();
    await sharp(bytes).stats();
    return width >= LEAST.width && height >= LEAST.height;
  } catch {
    // The saved page has only a part of this image.
    return false;
  }
}
