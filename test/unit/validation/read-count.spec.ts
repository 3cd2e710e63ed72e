import { readCount } from '../../../src/validation/read-count.js';
import { fc } from '../../support/properties.js';

describe('readCount', () => {
  it.each([
    ['1', 1],
    ['12', 12],
    [' 12 ', 12],
    ['012', 12],
    ['１２', 12],
    ['500', 500],
    [12, 12],
    [12.0, 12],
  ])('reads %j as %d', (raw, count) => {
    expect(readCount(raw, 500)).toEqual({ ok: true, value: count });
  });

  it.each([
    [undefined, 'count.missing'],
    ['', 'count.missing'],
    ['  ', 'count.missing'],
    ['0', 'count.too_small'],
    ['-1', 'count.too_small'],
    [-0, 'count.too_small'],
    ['501', 'count.too_large'],
    ['999999999999', 'count.too_large'],
    ['1e2', 'count.not_whole'],
    ['12.0', 'count.not_whole'],
    ['12,5', 'count.not_whole'],
    ['+5', 'count.not_whole'],
    ['0x10', 'count.not_whole'],
    ['1 000', 'count.not_whole'],
    ['twelve', 'count.not_whole'],
    ['١٢', 'count.not_whole'],
    [1.5, 'count.not_whole'],
    [1e300, 'count.not_whole'],
    ['9'.repeat(100_000), 'count.not_whole'],
    [Number.NaN, 'field.not_text'],
    [Number.POSITIVE_INFINITY, 'field.not_text'],
    [['12'], 'field.not_text'],
    [{}, 'field.not_text'],
    [true, 'field.not_text'],
  ])('refuses %j with %s', (raw, code) => {
    expect(readCount(raw, 500)).toMatchObject({ ok: false, code });
  });

  it('reads exactly the whole numbers from 1 to the limit, as a number and as text', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 1, max: 500 }), (n, max) => {
        const expected = n >= 1 && n <= max;
        expect(readCount(n, max).ok).toBe(expected);
        expect(readCount(String(n), max).ok).toBe(expected);
      }),
    );
  });
});
