import { readQuery } from '../../../src/validation/read-query.js';
import { fc } from '../../support/properties.js';

describe('readQuery', () => {
  it.each([
    ['red panda', 'red panda'],
    ['  red   panda ', 'red panda'],
    ['red\n\tpanda', 'red panda'],
    ['Cafe\u0301', 'Café'],
    ['赤パンダ', '赤パンダ'],
    ['باندا أحمر', 'باندا أحمر'],
    ['می\u200Cخواهم', 'می\u200Cخواهم'],
    ['👩‍👩‍👧', '👩‍👩‍👧'],
    ['שלום\u200F!', 'שלום\u200F!'],
    ['o\'neill "exact" -not <b>', 'o\'neill "exact" -not <b>'],
    ['\uFEFFpanda\u200B', 'panda'],
    [7, '7'],
    ['x'.repeat(200), 'x'.repeat(200)],
    ['🐼'.repeat(200), '🐼'.repeat(200)],
  ])('reads %j as %j', (raw, query) => {
    expect(readQuery(raw)).toEqual({ ok: true, value: query });
  });

  it.each([
    [undefined, 'query.missing'],
    [null, 'query.missing'],
    ['', 'query.missing'],
    [' \u3000\u200B\uFEFF ', 'query.missing'],
    ['\u3164', 'query.missing'],
    ['\u200D', 'query.missing'],
    ['x'.repeat(201), 'query.too_long'],
    ['🐼'.repeat(201), 'query.too_long'],
    ['red\u0000panda', 'query.control_characters'],
    ['red\u001B[31mpanda', 'query.control_characters'],
    ['red\u0085\u0086', 'query.control_characters'],
    ['red \u202Eadnap', 'query.direction_overrides'],
    ['\u2066red\u2069', 'query.direction_overrides'],
    ['red \uD83D', 'query.broken_text'],
    ['red \uFFFD\uFFFD', 'query.broken_text'],
    [['red', 'panda'], 'field.not_text'],
    [{ toString: 'x' }, 'field.not_text'],
    [true, 'field.not_text'],
    [Number.NaN, 'field.not_text'],
  ])('refuses %j with %s', (raw, code) => {
    expect(readQuery(raw)).toMatchObject({ ok: false, code });
  });

  it('reads any text as a problem or as a clean query that reads as itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (raw) => {
        const first = readQuery(raw);
        const query = first.ok ? first.value : 'refused';
        expect([...query].length).toBeLessThanOrEqual(200);
        expect(readQuery(query)).toEqual({ ok: true, value: query });
      }),
    );
  });
});
