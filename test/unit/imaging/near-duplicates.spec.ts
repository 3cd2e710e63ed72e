import { jest } from '@jest/globals';
import sharp from 'sharp';
import { sampleFeatures } from '../../support/images/similarity/sample-features.js';
import { CHANGES } from '../../support/images/similarity/changes.js';
import { FAMILIES, pictureOf } from '../../support/images/similarity/families.js';
import { PATTERNS, patternOf } from '../../support/images/similarity/patterns.js';
import { isSamePicture } from '../../../src/imaging/similarity/same-picture.js';
import { type Features, featuresOf } from '../../../src/imaging/similarity/features.js';
import { fingerprintOf } from '../../../src/imaging/similarity/fingerprint.js';

// Hundreds of pictures are made and changed, which takes time on a busy machine.
jest.setTimeout(120_000);

const EACH = 5;
const names = Object.keys(FAMILIES);
/** Fine lines look alike when drawn small; cropped copies are not recognised. */
const FINE = new Set(['line art', 'page of text', 'text card']);
const CROPS = /cut/;

const pictures = new Map(
  await Promise.all(
    names.map(async (name) => {
      const all = Array.from({ length: EACH }, (_picture, index) => pictureOf(name, index));
      return [name, await Promise.all(all)] as const;
    }),
  ),
);
const looks = new Map<string, readonly Features[]>(
  await Promise.all(
    [...pictures].map(async ([name, all]) => [name, await Promise.all(all.map(sampleFeatures))] as const),
  ),
);

describe('isSamePicture', () => {
  it.each(names)('takes no two pictures of one kind for one: %s', (name) => {
    const all = looks.get(name) ?? [];
    const pairs = all.flatMap((one, index) => all.slice(0, index).map((other) => isSamePicture(one, other)));
    expect(pairs).toHaveLength((EACH * (EACH - 1)) / 2);
    expect(pairs).not.toContain(true);
  });

  it('tells pictures of different kinds apart', () => {
    const kinds = [...looks.values()];
    const pairs = kinds.flatMap((kind, index) =>
      kinds
        .slice(0, index)
        .flatMap((other) => kind.flatMap((one) => other.map((two) => isSamePicture(one, two)))),
    );
    expect(pairs).not.toContain(true);
  });

  it.each(Object.entries(CHANGES))('knows pictures again: %s', async (change, make) => {
    const kinds = names.filter((name) => !(CROPS.test(change) && FINE.has(name)));
    const known = await Promise.all(
      kinds.flatMap((name) =>
        [0, 1].map(async (index) => {
          const original = pictures.get(name)?.[index];
          const look = looks.get(name)?.[index];
          if (original === undefined || look === undefined) throw new RangeError(name);
          return isSamePicture(look, await sampleFeatures(await make(original)));
        }),
      ),
    );
    expect(known.filter(Boolean).length / known.length).toBeGreaterThanOrEqual(0.8);
  });

  it.each(Object.keys(PATTERNS))('tells pictures apart that are all of one pattern: %s', async (name) => {
    const all = await Promise.all(
      Array.from({ length: 8 }, async (_picture, index) => sampleFeatures(await patternOf(name, index))),
    );
    const pairs = all.flatMap((one, index) => all.slice(0, index).map((other) => isSamePicture(one, other)));
    expect(pairs).toHaveLength(28);
    expect(pairs.filter(Boolean).length).toBeLessThanOrEqual(2);
  });

  it('recognises photos that are much darker, much lighter or faintly marked', async () => {
    const mark = '<text x="20" y="120" font-size="40" fill="white" fill-opacity=".3">a mark</text>';
    const svg = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="240" height="160">${mark}</svg>`);
    const changes: ((image: Buffer) => Promise<Buffer>)[] = [
      (image) => sharp(image).linear(0.7).jpeg().toBuffer(),
      (image) => sharp(image).linear(1, 35).jpeg().toBuffer(),
      (image) =>
        sharp(image)
          .composite([{ input: svg, gravity: 'north' }])
          .jpeg()
          .toBuffer(),
    ];
    for (const [index, original] of (pictures.get('texture') ?? []).entries())
      for (const change of changes) {
        const look = looks.get('texture')?.[index];
        if (look === undefined) throw new RangeError('no look');
        expect(isSamePicture(look, await sampleFeatures(await change(original)))).toBe(true);
      }
    expect.assertions(EACH * changes.length);
  });

  it('does not match blank pictures, which all look alike', () => {
    const blank = (tone: number): Features | null =>
      featuresOf(fingerprintOf(new Uint8Array(64 * 64 * 4).fill(tone), 1));
    const [white, grey] = [blank(255), blank(128)];
    expect(white !== null && grey !== null && isSamePicture(white, white)).toBe(false);
    expect(white !== null && grey !== null && isSamePicture(white, grey)).toBe(false);
  });

  it('tells a picture from the same one in other colours', async () => {
    const [original] = pictures.get('landscape') ?? [];
    const [look] = looks.get('landscape') ?? [];
    if (original === undefined || look === undefined) throw new RangeError('no landscape');
    const blue = await sharp(original).tint({ r: 40, g: 80, b: 240 }).jpeg().toBuffer();
    expect(isSamePicture(look, await sampleFeatures(blue))).toBe(false);
  });

  it('ignores fingerprints of an earlier version', () => {
    expect(featuresOf('f'.repeat(16))).toBeNull();
  });
});
