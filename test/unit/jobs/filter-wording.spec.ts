import { askedFilters, askedOutput } from '../../../src/jobs/request/asked-fields.js';
import { filterPhrases, outputPhrases } from '../../../src/jobs/wording/filter-wording.js';
import { hasAspect, sizeClassOf } from '../../../src/jobs/request/image-shape.js';

describe('filters in plain words', () => {
  it('mention every filter once', () => {
    const filters = {
      withoutSites: ['b.example', 'c.example'],
      exactWidth: 1920,
      exactHeight: 1080,
      color: 'red',
      type: 'line',
      licence: 'commercial',
      age: 'month',
      safe: 'off',
      fileType: 'webp',
    } as const;
    expect(filterPhrases(filters)).toEqual([
      'exactly 1920 × 1080 pixels',
      'mostly red',
      'line drawings',
      'free to use commercially',
      'from the last month',
      'not from b.example, c.example',
      'safe search off',
      'WebP files',
    ]);
    expect(filterPhrases({})).toEqual([]);
  });

  it('say how the zip is made', () => {
    const output = {
      convert: 'jpeg',
      longestSidePx: 800,
      stripMetadata: true,
      allowThumbnails: true,
      namePattern: '{number}',
    } as const;
    expect(outputPhrases(output)).toEqual([
      'converted to JPEG',
      'at most 800 pixels on the longest side',
      'metadata removed',
      'small previews where originals are missing',
      'named {number}',
    ]);
  });
});

describe('the filters of a request, for asking again', () => {
  it('keep their names and shapes', () => {
    const filters = { size: 'large', exactWidth: 1920, exactHeight: 1080, sites: ['a.example'] } as const;
    expect(askedFilters({ filters, engines: ['bing'] })).toEqual({
      size: 'large',
      exactSize: '1920x1080',
      sites: ['a.example'],
      engines: ['bing'],
    });
    expect(askedFilters({ filters: {}, engines: [] })).toEqual({});
    expect(askedOutput({ output: { longestSidePx: 800, convert: 'png' } })).toEqual({
      longestSide: 800,
      convert: 'png',
    });
    expect(askedOutput({})).toBeNull();
  });
});

describe('the shape of an image', () => {
  it.each([
    [499, 10, 'small'],
    [10, 500, 'medium'],
    [1023, 1023, 'medium'],
    [1, 1024, 'large'],
  ])('of %d × %d is %s', (width, height, size) => {
    expect(sizeClassOf(width, height)).toBe(size);
  });

  it.each([
    [100, 100, ['square']],
    [110, 100, ['square']],
    [120, 100, ['wide']],
    [89, 100, ['tall']],
    [200, 100, ['wide', 'panoramic']],
  ])('of %d × %d is %j', (width, height, aspects) => {
    const all = ['square', 'wide', 'tall', 'panoramic'] as const;
    expect(all.filter((aspect) => hasAspect(aspect, width, height))).toEqual(aspects);
  });
});
