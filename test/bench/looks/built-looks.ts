import sharp from 'sharp';
import type { Look } from '../../../src/downloading/looks/look.js';

const DIST = new URL('../../../dist/src/downloading/looks/', import.meta.url);
const load = <T>(name: string): Promise<T> => import(new URL(name, DIST).href) as Promise<T>;

/** What the build compares pictures with. */
export interface BuiltLooks {
  lookOf(image: Buffer): Promise<Look>;
  isSamePicture(one: Look, other: Look): boolean;
}

/** Loads the build's comparison; pictures are drawn small in this process, by the decoder's own steps. */
export async function builtLooks(): Promise<BuiltLooks> {
  const { fingerprintOf } =
    await load<typeof import('../../../src/downloading/looks/fingerprint.js')>('fingerprint.js');
  const { lookOf } = await load<typeof import('../../../src/downloading/looks/look.js')>('look.js');
  const { isSamePicture } =
    await load<typeof import('../../../src/downloading/looks/same-picture.js')>('same-picture.js');
  return {
    isSamePicture,
    async lookOf(image) {
      const { width, height } = await sharp(image).metadata();
      const options = { fit: 'inside', withoutEnlargement: true } as const;
      const small = await sharp(image).toColourspace('srgb').resize(128, 128, options).png().toBuffer();
      const square = sharp(small).resize(64, 64, { fit: 'fill', kernel: 'linear' }).toColourspace('srgb');
      const look = lookOf(fingerprintOf(await square.ensureAlpha().raw().toBuffer(), width / height));
      if (look === null) throw new Error('the fingerprint could not be read');
      return look;
    },
  };
}
