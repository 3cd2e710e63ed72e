import fc from 'fast-check';
import { IMAGE_FORMATS } from '../../../src/jobs/image-record.js';
import { archiveBaseName, entryNames } from '../../../src/zipping/entry-names.js';
import { keptImage } from '../../support/kept-images.js';

const titled = (title: string | null, position = 0) => keptImage(position, Buffer.from('x'), { title });

describe('entryNames', () => {
  it('numbers the images in their order and names them after their titles', () => {
    const kept = [titled('Red Panda'), keptImage(1, Buffer.from('x'), { title: 'Sleeping' }, 'webp')];
    expect(entryNames(kept, 'pandas')).toEqual(['001-red-panda.jpg', '002-sleeping.webp']);
  });

  it('takes the query where a title says nothing, and a plain word where that says nothing either', () => {
    const kept = [titled(null), titled('🐼')];
    expect(entryNames(kept, 'Großer Panda')).toEqual(['001-grosser-panda.jpg', '002-grosser-panda.jpg']);
    expect(entryNames(kept, '🐼')).toEqual(['001-image.jpg', '002-image.jpg']);
  });

  it('widens the number when there are more than 999', () => {
    const kept = Array.from({ length: 1000 }, (_, index) => titled('a', index));
    const names = entryNames(kept, 'a');
    expect([names[0], names[999]]).toEqual(['0001-a.jpg', '1000-a.jpg']);
  });

  it('never takes anything from an address', () => {
    const kept = [
      keptImage(0, Buffer.from('x'), { title: null, imageUrl: 'https://evil.example/virus.exe' }),
    ];
    expect(entryNames(kept, 'panda')).toEqual(['001-panda.jpg']);
  });

  it('gives safe, short names that differ whatever the case, for any titles', () => {
    const image = fc.record({
      title: fc.option(fc.string({ unit: 'binary', maxLength: 300 })),
      format: fc.constantFrom(...IMAGE_FORMATS),
    });
    fc.assert(
      fc.property(fc.array(image, { maxLength: 30 }), fc.string({ unit: 'binary' }), (images, query) => {
        const kept = images.map(({ title, format }, index) =>
          keptImage(index, Buffer.from('x'), { title }, format),
        );
        const names = entryNames(kept, query);
        for (const name of names) {
          expect(name).toMatch(/^\d{3}-[a-z0-9]+(?:-[a-z0-9]+)*\.(?:jpg|png|webp|gif|avif)$/);
          expect(Buffer.byteLength(name)).toBeLessThanOrEqual(80);
        }
        expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
      }),
    );
  });
});

describe('archiveBaseName', () => {
  it.each([
    ['red panda', 'red-panda'],
    ['CON', 'images'],
    ['lpt1', 'images'],
    ['🐼', 'images'],
    ['../..', 'images'],
  ])('saves the images of %j as %j', (query, expected) => {
    expect(archiveBaseName(query)).toBe(expected);
  });
});
