import { type Engine, type EngineName, ENGINE_NAMES, ENGINES } from '../../../src/engines/engines.js';
import type { FilterName, Filters } from '../../../src/jobs/request/filters.js';
import type { RequestField } from '../../../src/jobs/request/request-field.js';
import { FILTER_FIELDS, REQUEST_FIELDS } from '../../../src/jobs/request/request-fields.js';
import { bingFilters } from '../../../src/scraping/bing/bing-filters.js';
import { bingSearchUrl as bingUrl } from '../../../src/scraping/bing/bing-url.js';
import { commonsFilters } from '../../../src/scraping/commons/commons-filters.js';
import { duckDuckGoFilters } from '../../../src/scraping/duckduckgo/duckduckgo-filters.js';
import { googleFilters } from '../../../src/scraping/google/google-filters.js';
import { googleSearchUrl as googleUrl } from '../../../src/scraping/google/google-url.js';
import type { ImageSource } from '../../../src/scraping/image-source.port.js';
import { openverseFilters } from '../../../src/scraping/openverse/openverse-filters.js';
import { imageSources } from '../../support/image-sources.js';

/** Every filter with every value. */
const EVERY: readonly Filters[] = [
  ...FILTER_FIELDS.flatMap((name): Filters[] => {
    const field: RequestField = REQUEST_FIELDS[name];
    return field.kind === 'choice' ? Object.keys(field.choices).map((value) => ({ [name]: value })) : [];
  }),
  { minWidth: 800 },
  { minHeight: 600 },
  { exactWidth: 1920, exactHeight: 1080 },
  { sites: ['example.org'] },
  { withoutSites: ['example.org'] },
];

/** Filters that every decoded image, or the addresses of a result, can show. */
const SEEN: readonly FilterName[] = [
  'size',
  'minWidth',
  'minHeight',
  'exactWidth',
  'exactHeight',
  'color',
  'aspect',
  'sites',
  'withoutSites',
  'fileType',
];
const isSeen = (name: FilterName, filters: Filters): boolean =>
  SEEN.includes(name) || filters.type === 'animated';

/** Filters that are checked by stated facts: everything in an open collection has a licence. */
const STATED: Readonly<Record<Engine['kind'], readonly FilterName[]>> = {
  web: [],
  collection: ['licence'],
};
const STATED_BY: Readonly<Partial<Record<EngineName, readonly FilterName[]>>> = {
  google: ['licence'],
  commons: ['safe'],
};

describe.each(ENGINE_NAMES)('the filters of %s', (engine) => {
  let plan: ImageSource['plan'];
  beforeAll(async () => {
    const source = (await imageSources()).find(({ name }) => name === engine);
    if (source === undefined) throw new Error(`no source for ${engine}`);
    plan = (filters) => source.plan(filters);
  });
  const stated = [...STATED[ENGINES[engine].kind], ...(STATED_BY[engine] ?? [])];

  it('are each applied, checked or refused, and none is called checked that cannot be', () => {
    for (const filters of EVERY) {
      const { support } = plan(filters);
      const names = Object.keys(filters) as FilterName[];
      expect(Object.keys(support).toSorted()).toEqual(names.toSorted());
      for (const name of names)
        if (support[name] === 'checked' && !stated.includes(name))
          expect([filters, isSeen(name, filters)]).toEqual([filters, true]);
    }
  });

  it('change the question if they are applied, each value in its own way', () => {
    const plain = JSON.stringify({ ...plan({}), support: null });
    const needless: readonly FilterName[] = ['licence', 'safe'];
    const unchanged = EVERY.filter((filters) => {
      const { support, ...question } = plan(filters);
      const isApplied = Object.values(support).includes('applied');
      const isNeedless = needless.some((name) => name in filters);
      return isApplied && !isNeedless && JSON.stringify({ ...question, support: null }) === plain;
    });
    expect(unchanged).toEqual([]);
  });

  it('change nothing if only safe search is requested', () => {
    expect(plan({}).words).toEqual([]);
    expect(plan({}).support).toEqual({});
    expect(plan({}).parameters).toEqual(plan({ safe: 'moderate' }).parameters);
  });
});

describe('Google', () => {
  it.each<[Filters, string]>([
    [{ size: 'large' }, 'isz:l'],
    [{ minWidth: 2000 }, 'isz:l'],
    [{ exactWidth: 640, exactHeight: 480 }, 'isz:ex,iszw:640,iszh:480'],
    [{ color: 'teal' }, 'ic:specific,isc:teal'],
    [{ color: 'gray' }, 'ic:gray'],
    [{ color: 'transparent' }, 'ic:trans'],
    [{ type: 'line', age: 'month' }, 'itp:lineart,qdr:m'],
    [{ licence: 'commercial' }, 'sur:cl'],
    [{ size: 'medium', color: 'red', type: 'clipart' }, 'isz:m,ic:specific,isc:red,itp:clipart'],
  ])('is asked for %j as tbs=%s', (filters, tbs) => {
    const url = new URL(googleUrl('https://g.test', { text: 'cat', plan: googleFilters(filters) }));
    expect(url.searchParams.get('tbs')).toBe(tbs);
  });

  it('is asked for sites and files by words', () => {
    const filters = { sites: ['a.org', 'b.org'], withoutSites: ['c.org'], fileType: 'jpeg' } as const;
    expect(googleFilters(filters).words).toEqual([
      '(site:a.org OR site:b.org)',
      '-site:c.org',
      'filetype:jpg',
    ]);
  });

  it('is told nothing about moderate safe search', () => {
    const safe = (filters: Filters) => googleFilters(filters).parameters['safe'];
    expect([safe({}), safe({ safe: 'moderate' }), safe({ safe: 'strict' }), safe({ safe: 'off' })]).toEqual([
      undefined,
      undefined,
      'active',
      'off',
    ]);
  });
});

describe('Bing', () => {
  it.each<[Filters, string]>([
    [{ size: 'small' }, '+filterui:imagesize-small'],
    [{ minWidth: 800, minHeight: 600 }, '+filterui:imagesize-custom_800_600'],
    [{ color: 'gray' }, '+filterui:color2-bw'],
    [{ color: 'purple', type: 'face' }, '+filterui:color2-FGcls_PURPLE+filterui:face-face'],
    [{ color: 'transparent' }, '+filterui:photo-transparent'],
    [{ color: 'transparent', type: 'clipart' }, '+filterui:photo-clipart'],
    [{ aspect: 'panoramic', age: 'week' }, '+filterui:aspect-wide+filterui:age-lt10080'],
    [{ licence: 'commercial_modification' }, '+filterui:license-L2_L3'],
  ])('is asked for %j as qft=%s', (filters, qft) => {
    const url = new URL(
      bingUrl('https://b.test', { text: 'cat', plan: bingFilters(filters) }, { width: 800, height: 600 }),
    );
    expect(url.searchParams.get('qft')).toBe(qft);
  });

  it('is asked to be moderate, strict or off', () => {
    const adlt = (filters: Filters) => bingFilters(filters).parameters['adlt'];
    expect([adlt({}), adlt({ safe: 'strict' }), adlt({ safe: 'off' })]).toEqual([
      'moderate',
      'strict',
      'off',
    ]);
  });

  it('leaves transparency to the check of the image if another kind is requested too', () => {
    expect(bingFilters({ color: 'transparent', type: 'clipart' }).support).toEqual({
      color: 'checked',
      type: 'applied',
    });
  });
});

describe('DuckDuckGo, Openverse and Commons', () => {
  it('express the same filters in different words', () => {
    const filters = {
      size: 'large',
      aspect: 'tall',
      licence: 'commercial',
      fileType: 'png',
      safe: 'off',
    } as const;
    expect(duckDuckGoFilters(filters).parameters).toEqual({
      f: ',size:Large,,,layout:Tall,license:ShareCommercially',
      p: '-1',
    });
    expect(openverseFilters(filters).parameters).toEqual({
      size: 'medium,large',
      aspect_ratio: 'tall',
      license: 'by,by-sa,by-nd,cc0,pdm,sampling+',
      extension: 'png',
      unstable__include_sensitive_results: 'true',
    });
    expect(commonsFilters(filters).words).toEqual(['filemime:image/png', 'fileres:>600']);
  });

  it('express colours, kinds and ages if they support them', () => {
    const filters = { color: 'gray', type: 'animated', age: 'day' } as const;
    expect(duckDuckGoFilters(filters).parameters['f']).toBe('time:Day,,color:Monochrome,type:gif,,');
    expect(openverseFilters(filters)).toMatchObject({
      parameters: { extension: 'gif' },
      support: { color: 'checked', type: 'checked', age: 'unsupported' },
    });
  });
});
