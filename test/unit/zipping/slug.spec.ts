import { slug } from '../../../src/zipping/slug.js';
import { fc } from '../../support/properties.js';

describe('slug', () => {
  it.each([
    ['Red Panda', 'red-panda'],
    ['Über 熊猫!', 'uber-xiongmao'],
    ['Ёжик в тумане', 'ezhik-v-tumane'],
    ['Straße — Ελλάδα', 'strasse-ellada'],
    ["L'été à la plage", 'l-ete-a-la-plage'],
    ['../../etc/passwd', 'etc-passwd'],
    ['panda\u202Egpj.exe', 'panda-gpj-exe'],
    ['panda\u0000\r\n.jpg', 'panda-jpg'],
    ['🐼🐼🐼', ''],
    ['***', ''],
  ])('converts %j to %j', (title, expected) => {
    expect(slug(title, 60)).toBe(expected);
  });

  it('cuts between words if possible', () => {
    expect(slug('the quick brown fox jumps', 12)).toBe('the-quick');
  });

  it('cuts within a word that fills most of the length', () => {
    expect(slug('a pneumonoultramicroscopic', 12)).toBe('a-pneumonoul');
  });

  it('gives only hyphenated ASCII words within the length, for any title', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.integer({ min: 1, max: 80 }),
        (title, max) => {
          const result = slug(title, max);
          expect(result).toMatch(/^(?:[a-z0-9]+(?:-[a-z0-9]+)*)?$/);
          expect(result.length).toBeLessThanOrEqual(max);
        },
      ),
    );
  });
});
