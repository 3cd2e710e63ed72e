import { attributionOf } from '../../../src/zipping/attribution.js';
import { sampleCandidate } from '../../support/sample-jobs.js';

const BY = 'https://creativecommons.org/licenses/by-sa/4.0/';

describe('attributionOf', () => {
  it('names title, author, source and licence', () => {
    const licence = { name: 'CC BY-SA 4.0', url: BY, credit: 'Ann' };
    expect(attributionOf(sampleCandidate(1, { title: 'Red\npanda', licence }))).toBe(
      `“Red panda” by Ann (https://pages.example/1) is licensed under CC BY-SA 4.0 (${BY})`,
    );
  });

  it('recognises a Creative Commons licence by its address', () => {
    const licence = { name: null, url: BY, credit: null };
    expect(attributionOf(sampleCandidate(1, { title: null, pageUrl: null, licence }))).toBe(
      `This image by Pages is licensed under CC BY-SA 4.0 (${BY})`,
    );
  });

  it.each([
    ['Public domain', null],
    ['CC0', 'https://creativecommons.org/publicdomain/zero/1.0/'],
  ])('names %s correctly', (name, url) => {
    const line = attributionOf(sampleCandidate(1, { licence: { name, url, credit: null } }));
    expect(line).toContain(`is in the public domain: ${name}`);
  });

  it('is null if no licence is known', () => {
    expect(attributionOf(sampleCandidate(1))).toBeNull();
    const licence = { name: null, url: null, credit: 'Ann' };
    expect(attributionOf(sampleCandidate(1, { licence }))).toBeNull();
  });
});
