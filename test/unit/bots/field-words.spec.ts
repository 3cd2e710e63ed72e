import { takeFieldWords, writeFieldWords } from '../../../bots/conversation/field-words.js';
import { FILTER_FIELDS, OUTPUT_FIELDS } from '../../../src/jobs/request/request-fields.js';
import { fc } from '../../support/properties.js';

describe('fields as words', () => {
  it('are read beside any search', () => {
    const name = fc.constantFrom(
      ...FILTER_FIELDS,
      ...OUTPUT_FIELDS.filter((field) => field !== 'namePattern'),
    );
    const value = fc.stringMatching(/^[a-z0-9][a-z0-9 .,_-]{0,20}[a-z0-9]$/);
    fc.assert(
      fc.property(fc.dictionary(name, value), fc.stringMatching(/^[a-zа-я ]{0,20}$/u), (fields, search) => {
        const { fields: read, rest } = takeFieldWords(`${search} ${writeFieldWords(fields)}`);
        expect(read).toEqual({ ...fields });
        expect(rest).toBe(search.replaceAll(/\s+/g, ' ').trim());
      }),
    );
  });

  it('exist for every filter', () => {
    const all = Object.fromEntries(FILTER_FIELDS.map((field) => [field, 'x']));
    expect(takeFieldWords(writeFieldWords(all)).fields).toEqual(all);
  });

  it('leave out values that are neither text nor number', () => {
    expect(writeFieldWords({ minWidth: 800, size: null, type: undefined, sites: ['a.org'] })).toBe(
      'minwidth:800',
    );
  });
});
