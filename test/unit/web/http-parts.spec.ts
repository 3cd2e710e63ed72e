import { parseByteRange } from '../../../src/web/http/byte-range.js';
import { archiveFileName, attachment } from '../../../src/web/http/content-disposition.js';
import { allowsRange, isNamedBy } from '../../../src/web/http/entity-tag.js';
import { fc } from '../../support/properties.js';

describe('parseByteRange', () => {
  it.each([
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=0-', { start: 0, end: 99 }],
    ['bytes=50-1000', { start: 50, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=-1000', { start: 0, end: 99 }],
    ['BYTES= 5-9 ', { start: 5, end: 9 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=9-5', null],
    ['bytes=0-1,5-6', null],
    ['bytes=-', null],
    ['bytes=a-b', null],
    ['items=0-1', null],
    [`bytes=${'9'.repeat(40)}-`, null],
    [undefined, null],
  ])('reads %j of 100 bytes', (header, expected) => {
    expect(parseByteRange(header, 100)).toEqual(expected);
  });

  it('never names a byte outside the file', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), fc.integer({ min: 1, max: 300 }), (first, last, bytes) => {
        const range = parseByteRange(`bytes=${first}-${last}`, bytes);
        const inside = range === null || range === 'unsatisfiable' ? { start: 0, end: 0 } : range;
        expect(inside.start).toBeLessThanOrEqual(inside.end);
        expect(inside.end).toBeLessThan(bytes);
      }),
    );
  });
});

describe('attachment', () => {
  it.each([
    ['red panda.zip', 'red%20panda.zip'],
    ['Café (1).zip', 'Caf%C3%A9%20%281%29.zip'],
    ['パンダ.zip', '%E3%83%91%E3%83%B3%E3%83%80.zip'],
    ['a"b\r\nX: y/../c.zip', 'a%20b%20X%20y%20..%20c.zip'],
  ])('names %j safely, with a plain name beside', (name, encoded) => {
    expect(attachment(name, 'plain.zip')).toBe(
      `attachment; filename="plain.zip"; filename*=UTF-8''${encoded}`,
    );
  });

  it.each([
    ['red panda', 'red panda.zip'],
    ['...', 'images.zip'],
    ['con', 'con images.zip'],
    ['console', 'console.zip'],
  ])('saves the archive of %j as %j', (query, name) => {
    expect(archiveFileName(query)).toBe(name);
  });

  it('makes one header line of any query', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (query) => {
        expect(attachment(archiveFileName(query), 'x.zip')).toMatch(
          /^attachment; filename="x\.zip"; filename\*=UTF-8''[\w.%!#$&+^`|~-]+$/,
        );
      }),
    );
  });
});

describe('entity tags', () => {
  it.each([
    ['"a"', true],
    ['W/"a"', true],
    ['"b", "a"', true],
    ['*', true],
    ['"b"', false],
    [undefined, false],
  ])('says whether If-None-Match: %s names the tag', (header, expected) => {
    expect(isNamedBy(header, '"a"')).toBe(expected);
  });

  it.each([
    [undefined, true],
    ['"a"', true],
    ['W/"a"', false],
    ['"b"', false],
    ['Sun, 22 Nov 2026 12:00:00 GMT', false],
  ])('says whether If-Range: %s allows a part', (header, expected) => {
    expect(allowsRange(header, '"a"')).toBe(expected);
  });
});
