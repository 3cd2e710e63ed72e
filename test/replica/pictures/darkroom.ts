import sharp from 'sharp';
import type { CatalogueEntry } from '../web/entry.ts';
import { encode, fit, paint, paintThumbnail } from './paint.ts';
import type { PictureShelf } from './picture-shelf.ts';

const THUMBNAIL_PX = 225;

/** Makes the files of catalogue entries, each once. */
export class Darkroom {
  readonly #shelf: PictureShelf;

  constructor(shelf: PictureShelf) {
    this.#shelf = shelf;
  }

  /** @returns the true file of an entry, whatever its address serves */
  file(entry: CatalogueEntry): Promise<Buffer> {
    const { picture, variant } = entry;
    const size = `${picture.width}x${picture.height}.${picture.format}`;
    const original = (): Promise<Buffer> => this.#shelf.take(`${picture.key} ${size}`, () => paint(picture));
    if (variant === 'original') return original();
    return this.#shelf.take(`${picture.key} ${size} ${variant}`, async () =>
      develop(await original(), entry),
    );
  }

  /** @returns the engine's preview of an entry: a JPEG of at most 225 pixels */
  thumbnail({ picture }: CatalogueEntry): Promise<Buffer> {
    const size = `${picture.width}x${picture.height}`;
    return this.#shelf.take(`${picture.key} ${size} thumbnail`, () => paintThumbnail(picture, THUMBNAIL_PX));
  }
}

function develop(original: Buffer, { variant, picture }: CatalogueEntry): Promise<Buffer> {
  const { width, height } = picture;
  const image = sharp(original);
  if (variant === 'resized') {
    const smaller = fit(picture, 0.8 * Math.max(width, height));
    return encode(image.resize(smaller.width, smaller.height), picture.format).toBuffer();
  }
  if (variant === 'cropped') {
    const [left, top] = [Math.ceil(width * 0.01), Math.ceil(height * 0.01)];
    const inner = { left, top, width: width - 2 * left, height: height - 2 * top };
    return encode(image.extract(inner), picture.format).toBuffer();
  }
  return image.jpeg({ quality: 70 }).toBuffer();
}
