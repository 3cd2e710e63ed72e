import type { LicenceHint } from '../../../src/jobs/candidate.js';
import type { Filters } from '../../../src/jobs/request/filters.js';
import { allows } from '../../../src/scraping/licence-terms.js';
import { areRelated } from '../../../src/scraping/related.js';
import { agreesWithFilters } from '../../../src/scraping/stated-facts.js';
import { sampleCandidate } from '../../support/sample-jobs.js';

const hint = (name: string | null, url: string | null = null): LicenceHint => ({ name, url, credit: null });

describe('a stated licence', () => {
  it.each<[LicenceHint, string]>([
    [hint('CC BY 4.0'), 'reuse commercial modification commercial_modification'],
    [hint('CC BY-SA 3.0'), 'reuse commercial modification commercial_modification'],
    [hint('CC BY-NC 2.0'), 'reuse modification'],
    [hint('CC BY-ND 2.0'), 'reuse commercial'],
    [hint('CC BY-NC-ND 4.0'), 'reuse'],
    [hint(null, 'https://creativecommons.org/licenses/by-nc-sa/2.0/'), 'reuse modification'],
    [hint('CC0 1.0'), 'reuse commercial modification commercial_modification public_domain'],
    [
      hint(null, 'https://creativecommons.org/publicdomain/mark/1.0/'),
      'reuse commercial modification commercial_modification public_domain',
    ],
    [
      hint(null, 'http://creativecommons.org/licenses/publicdomain/'),
      'reuse commercial modification commercial_modification public_domain',
    ],
    [
      hint('CC PUBLICDOMAIN', 'https://creativecommons.org/licenses/publicdomain'),
      'reuse commercial modification commercial_modification public_domain',
    ],
    [hint('Public domain'), 'reuse commercial modification commercial_modification public_domain'],
    [hint('No restrictions'), 'reuse commercial modification commercial_modification public_domain'],
  ])('%j allows %s', (licence, allowed) => {
    const classes = [
      'reuse',
      'commercial',
      'modification',
      'commercial_modification',
      'public_domain',
    ] as const;
    expect(classes.filter((wanted) => allows(licence, wanted)).join(' ')).toBe(allowed);
  });

  it.each([
    [null],
    [hint('Getty Images', 'https://www.gettyimages.com/eula')],
    [hint('GFDL')],
    [hint('Public transport')],
  ])('is not guessed from %j', (licence) => {
    expect(allows(licence, 'reuse')).toBeNull();
  });
});

describe('a result', () => {
  const passes = (changes: object, filters: Filters, support = {}) =>
    agreesWithFilters(sampleCandidate(1, changes), filters, support);

  it('passes without filters', () => {
    expect(passes({}, {})).toBe(true);
  });

  it.each<[string, Filters, boolean]>([
    ['https://en.wikipedia.org/wiki/Cat', { sites: ['wikipedia.org'] }, true],
    ['https://wikipedia.org/', { sites: ['wikipedia.org'] }, true],
    ['https://notwikipedia.org/', { sites: ['wikipedia.org'] }, false],
    ['https://en.wikipedia.org/wiki/Cat', { withoutSites: ['wikipedia.org'] }, false],
    ['https://example.org/', { withoutSites: ['wikipedia.org'] }, true],
  ])('on %s passes %j: %s', (pageUrl, filters, isFine) => {
    expect(passes({ pageUrl }, filters)).toBe(isFine);
  });

  it('counts as from a site that hosts its image', () => {
    expect(passes({ pageUrl: null }, { sites: ['images.example'] })).toBe(true);
    expect(passes({}, { withoutSites: ['images.example'] })).toBe(false);
  });

  it('with a forbidding licence does not pass, whatever the engine filtered by', () => {
    const licence = hint('CC BY-NC 2.0');
    expect(passes({ licence }, { licence: 'commercial' }, { licence: 'applied' })).toBe(false);
    expect(passes({ licence }, { licence: 'reuse' }, { licence: 'checked' })).toBe(true);
  });

  it('without a licence passes only if the engine filtered by licence', () => {
    expect(passes({ licence: null }, { licence: 'commercial' }, { licence: 'applied' })).toBe(true);
    expect(passes({ licence: null }, { licence: 'commercial' }, { licence: 'checked' })).toBe(false);
  });
});

describe('results and the words of the query', () => {
  const results = (title: string, count = 40) =>
    Array.from({ length: count }, (_, n) =>
      sampleCandidate(n, { title, pageUrl: 'https://a.test/', imageUrl: null }),
    );

  it.each([
    ['red panda', 'Panda in the snow', true],
    ['Café', 'CAFE by night', true],
    ['小熊猫', '小熊猫的照片', true],
    ['red panda', 'Garden chairs', false],
    ['«»', 'Garden chairs', true],
  ])('of %s are related to %s: %s', (query, title, isRelated) => {
    expect(areRelated(results(title), query)).toBe(isRelated);
  });

  it('are believed if there are few results, or a few that fit', () => {
    expect(areRelated(results('Garden chairs', 19), 'panda')).toBe(true);
    expect(areRelated([...results('Garden chairs', 38), ...results('panda', 2)], 'panda')).toBe(true);
  });
});
