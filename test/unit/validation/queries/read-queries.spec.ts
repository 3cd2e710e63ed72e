import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readQueryLine, writeQueryLine } from '../../../../src/validation/queries/query-line.js';
import { withColumnNames } from '../../../../src/validation/queries/query-table.js';
import { validateRequest } from '../../../../src/validation/validate-request.js';
import { RULES } from '../rules.js';

type Raw = Readonly<Record<string, unknown>>;

function validated(raw: Raw, rules = RULES) {
  return validateRequest(raw, rules, { refusesUnknown: true });
}

function requestOf(raw: Raw, rules = RULES) {
  const checked = validated(raw, rules);
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return checked.request;
}

function messagesOf(raw: Raw, rules = RULES): string[] {
  const checked = validated(raw, rules);
  return checked.ok ? [] : checked.problems.map(({ field, code, message }) => `${field} ${code}: ${message}`);
}

const COUNT = { count: '50' };

describe('a list of searches', () => {
  it('is read from lines, each with a name and a number if wanted', () => {
    const { query, count, queries } = requestOf({
      ...COUNT,
      queries: 'red panda\npandas: giant panda | 20\r\n"C: drive": hard disk\nblue whale|3\n\n',
    });
    expect({ query, count }).toEqual({ query: 'red panda', count: 123 });
    expect(queries).toEqual([
      { text: 'red panda', count: 50 },
      { text: 'giant panda', count: 20, name: 'pandas' },
      { text: 'hard disk', count: 50, name: 'C: drive' },
      { text: 'blue whale', count: 3 },
    ]);
  });

  it('is read from an array of texts and objects, whose texts stay as they are', () => {
    const list = ['Star Wars: A New Hope', { query: 'fox', count: 7, name: 'foxes' }, { query: 'owl' }];
    expect(requestOf({ ...COUNT, queries: list }).queries).toEqual([
      { text: 'Star Wars: A New Hope', count: 50 },
      { text: 'fox', count: 7, name: 'foxes' },
      { text: 'owl', count: 50 },
    ]);
  });

  it.each([
    ['query,count,name\n"big, red fox",20,foxes\nowl,,', 'foxes'],
    ['\uFEFFclass,keyword,images\r\nfoxes,"big, red fox",20\r\n,owl,\r\n', 'foxes'],
    ['Query;Count;Name\n"big, red fox";20;foxes\nowl;;', 'foxes'],
    ['name\tquery\tcount\nfoxes\tbig, red fox\t20\n\towl', 'foxes'],
  ])('is read from the CSV %j', (text, name) => {
    expect(requestOf({ ...COUNT, queries: text }).queries).toEqual([
      { text: 'big, red fox', count: 20, name },
      { text: 'owl', count: 50 },
    ]);
  });

  it('gets its prefix and suffix, and keeps the words themselves as names', () => {
    const { queries } = requestOf({
      ...COUNT,
      queries: 'fox\nb: owl',
      prefix: 'photo of a',
      suffix: 'at night',
    });
    expect(queries).toEqual([
      { text: 'photo of a fox at night', count: 50, name: 'fox' },
      { text: 'photo of a owl at night', count: 50, name: 'b' },
    ]);
  });

  it('needs no common number if each search has its own', () => {
    expect(requestOf({ queries: 'a | 1\nb | 2' }).count).toBe(3);
    expect(messagesOf({ queries: 'a | 1\nb' })).toEqual([
      'queries queries.line: Line 2: Say how many images you want, from 1 to 500.',
    ]);
  });

  it('of one line is a plain request', () => {
    expect(requestOf({ ...COUNT, queries: 'fox' })).toEqual(requestOf({ ...COUNT, query: 'fox' }));
  });

  it('tells names apart that differ in a character which a disk can hold', () => {
    expect(requestOf({ ...COUNT, queries: 'C\nC++\nC#' }).queries).toHaveLength(3);
  });

  it('may ask for as many as an operator allows', () => {
    const list = Array.from({ length: 4 }, (_none, index) => `search ${index} | 500`).join('\n');
    expect(requestOf({ ...COUNT, queries: list }, { ...RULES, maxJobImages: 2000 }).count).toBe(2000);
  });

  it.each([
    ['an empty line', 'a\n\nb', 'queries queries.empty: Line 2 is empty.'],
    ['a line with nothing but a number', 'a\n | 5', 'queries queries.empty: Line 2 is empty.'],
    [
      'a long line',
      `a\n${'b'.repeat(5000)}`,
      'queries queries.line: Line 2: Shorten the search to 200 characters',
    ],
    [
      'too many lines',
      Array.from({ length: 51 }, (_none, index) => `a${index} | 1`).join('\n'),
      'queries queries.too_many: ',
    ],
    ['equal lines', 'Fox\nowl\nfox', 'queries queries.repeated: Line 3 is the same search as line 1.'],
    [
      'a sum above the limit',
      Array.from({ length: 3 }, (_none, index) => `a${index} | 167`).join('\n'),
      'queries queries.sum: Together these ask for 501 images',
    ],
    ['a file that is no text', 'PK\u0003\u0004\u0000\u0000', 'queries queries.not_text: '],
    ['a wrong number', 'a | 5x', 'queries queries.line: Line 1: Write a whole number'],
    ['a number that is missing', 'a |', 'queries queries.line: Line 1: Say how many'],
    ['names that differ in case', 'Cat: a\ncat: b', 'queries queries.same_name: Lines 1 and 2'],
    [
      'names that differ in what a disk forbids',
      'AC/DC: a\nACDC: b',
      'queries queries.same_name: Lines 1 and 2',
    ],
    ['a name that is too long', `${'n'.repeat(101)}: a`, 'queries queries.name_too_long: Line 1'],
    ['a CSV with an open quote', 'query,count\n"fox,5', 'queries queries.not_csv: Line'],
    ['a CSV without a line', 'query,count\n', 'queries queries.empty: Line 2 is empty.'],
    ['a CSV without a query', 'count,name\n5,a', 'queries queries.no_query_column: '],
    [
      'a list that is too long',
      Array.from({ length: 20 }, (_none, index) => `${index}${'b'.repeat(150)} | 1`).join('\n'),
      'queries queries.too_long: ',
    ],
  ])('refuses %s', (_what, queries, message) => {
    const messages = messagesOf({ ...COUNT, queries });
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain(message);
  });

  it('reports every wrong line, and nothing of a list as missing elsewhere', () => {
    const messages = messagesOf({ ...COUNT, queries: 'a | 0\n\nb\nB' });
    expect(messages.map((message) => message.slice(0, 24))).toEqual([
      'queries queries.line: Li',
      'queries queries.empty: L',
      'queries queries.repeated',
    ]);
  });

  it('refuses a search beside the list', () => {
    expect(messagesOf({ ...COUNT, query: 'fox', queries: 'a\nb' })).toEqual([
      'query queries.beside_query: There is a single search above and a list here. Clear one of the two.',
    ]);
  });

  it('gets names of its columns in front of a CSV without them', () => {
    expect(withColumnNames('fox\nowl')).toBe('query\nfox\nowl');
    expect(withColumnNames('"big, red fox";20;foxes')).toBe('query;count;name\n"big, red fox";20;foxes');
    expect(withColumnNames('5,fox,')).toBe('count,query,name\n5,fox,');
    expect(withColumnNames('\uFEFFclass,query\na,b')).toBe('class,query\na,b');
  });

  it('refuses words around the searches without a list', () => {
    expect(messagesOf({ ...COUNT, query: 'fox', prefix: 'photo of', queries: ' ' })).toEqual([
      expect.stringMatching(/^prefix phrase.without_list: /),
    ]);
  });

  it('refuses what would not fit into a link, at the field that can be shortened', () => {
    const random = fc.sample(fc.stringMatching(/^[\u4e00-\u9fff]{38}$/u), { numRuns: 50, seed: 7 });
    expect(messagesOf({ count: 10, queries: random })).toEqual([
      expect.stringMatching(/^queries field.too_much: /),
    ]);
    expect(messagesOf({ count: 10, queries: random.slice(0, 30) })).toEqual([]);
  });

  it.each([[[{ query: 5 }]], [[null]], [[['a']]], [{ a: 1 }], [5]])('refuses the value %j', (queries) => {
    expect(messagesOf({ ...COUNT, queries })).toHaveLength(1);
  });

  it('is written as lines that say the same', () => {
    const word = fc
      .stringMatching(/^[a-zé:|" 0-9]{1,20}$/u)
      .map((text) => text.trim())
      .filter((text) => text !== '');
    fc.assert(
      fc.property(
        word,
        fc.integer({ min: 1, max: 500 }),
        fc.option(word, { nil: undefined }),
        (text, count, name) => {
          const read = readQueryLine(writeQueryLine(text, count, name), 1);
          expect(read).toEqual({ line: 1, text, count: String(count), name });
        },
      ),
    );
  });
});
