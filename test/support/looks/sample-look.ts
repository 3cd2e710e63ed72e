import sharp from 'sharp';
import { fingerprintOf } from '../../../src/downloading/looks/fingerprint.js';
import { type Look, lookOf } from '../../../src/downloading/looks/look.js';

/** How an image looks, by the same steps as the decoder's, in this process. */
export async function sampleLook(image: Buffer): Promise<Look> {
  const { width, height } = await sharp(image).metadata();
  const small = await sharp(image)
    .toColourspace('srgb')
    .resize(128, 128, { fit: 'inside', withoutEnlargement: true })
    .png()
    .toBuffer();
  const view = await sharp(small)
    .resize(64, 64, { fit: 'fill', kernel: 'linear' })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer();
  const look = lookOf(fingerprintOf(view, width / height));
  if (look === null) throw new Error('the fingerprint could not be read');
  return look;
}
