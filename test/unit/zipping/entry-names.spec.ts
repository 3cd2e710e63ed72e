import { IMAGE_FORMATS } from '../../../src/jobs/image-record.js';
import { NAME_PLACES } from '../../../src/jobs/request/name-pattern.js';
import { archiveBaseName, entryNamer } from '../../../src/zipping/entry-names.js';
import type { KeptImage } from '../../../src/zipping/kept-image.js';
import { keptImage } from '../../support/images/kept-images.js';
import { fc } from '../../support/properties.js';

const titled = (title: string | null, position = 0) => keptImage(position, Buffer.from('x'), { title });

function entryNames(kept: readonly KeptImage[], query: string, pattern?: string): string[] {
  const name = entryNamer({ count: kept.length, query, pattern });
  return kept.map(({ candidate, outcome }) => name({ candidate, file: outcome.file }));
}

describe('entryNamer', () => {
  it('numbers the images in order and names them after their titles', () => {
    const kept = [titled('Red Panda'), keptImage(1, Buffer.from('x'), { title: 'Sleeping' }, 'webp')];
    expect(entryNames(kept, 'pandas')).toEqual(['001-red-panda.jpg', '002-sleeping.webp']);
  });

  it('uses the query if a title leaves nothing, and a plain word if the query leaves nothing either', () => {
    const kept = [titled(null), titled('🐼')];
    expect(entryNames(kept, 'Großer Panda')).toEqual(['001-grosser-panda.jpg', '002-grosser-panda.jpg']);
    expect(entryNames(kept, '🐼')).toEqual(['001-image.jpg', '002-image.jpg']);
  });

  it('widens the number if there are more than 999 images', () => {
    const kept = Array.from({ length: 1000 }, (_, index) => titled('a', index));
    const names = entryNames(kept, 'a');
    expect([names[0], names[999]]).toEqual(['0001-a.jpg', '1000-a.jpg']);
  });

  it('never uses parts of an address', () => {
    const kept = [
      keptImage(0, Buffer.from('x'), { title: null, imageUrl: 'https://evil.example/virus.exe' }),
    ];
    expect(entryNames(kept, 'panda')).toEqual(['001-panda.jpg']);
  });

  it('fills in the requested pattern', () => {
    const kept = [
      keptImage(0, Buffer.from('x'), { title: 'Red Panda', site: 'Wikipedia', engine: 'bing' }),
      keptImage(1, Buffer.from('x'), { title: null, site: null, pageUrl: 'https://zoo.example/p?q=../x' }),
    ];
    const named = (pattern: string) => entryNames(kept, 'cute panda', pattern);
    expect(named('{site}_{width}x{height}')).toEqual(['wikipedia_800x600.jpg', 'zoo-example_800x600.jpg']);
    expect(named('My {query} {engine} {number}')).toEqual([
      'My-cute-panda-bing-001.jpg',
      'My-cute-panda-google-002.jpg',
    ]);
    expect(named('Über {title}')).toEqual(['Uber-red-panda.jpg', 'Uber-cute-panda.jpg']);
  });

  it('makes names unique, and avoids the names of devices', () => {
    const kept = ['a', 'A', 'a 002', 'a'].map((title, index) => titled(title, index));
    expect(entryNames(kept, 'q', '{title}')).toEqual(['a.jpg', 'a-002.jpg', 'a-002-003.jpg', 'a-004.jpg']);
    expect(entryNames([titled('x')], 'q', 'CON')).toEqual(['image-CON.jpg']);
    expect(entryNames([titled('x')], 'q', '-_-')).toEqual(['001.jpg']);
  });

  it('gives safe, short names for any valid pattern', () => {
    const part = fc.oneof(
      fc.constantFrom(...NAME_PLACES).map((place) => `{${place}}`),
      fc.constantFrom('-', '_', ' ', 'nul', 'Ж', 'x'.repeat(40)),
    );
    const patterns = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(patterns, fc.string({ unit: 'binary' }), (pattern, title) => {
        const names = entryNames([titled(title), titled(title, 1), titled(title, 2)], 'q', pattern);
        for (const name of names) expect(name).toMatch(/^[A-Za-z0-9][A-Za-z0-9_-]{0,74}\.jpg$/);
        expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(3);
      }),
    );
  });

  it('gives safe, short names that differ ignoring case, for any titles', () => {
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
  ])('names the archive of %j %j', (query, expected) => {
    expect(archiveBaseName(query)).toBe(expected);
  });
});
