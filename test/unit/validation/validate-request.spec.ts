import { FIELD_NAMES, FILTER_FIELDS, OUTPUT_FIELDS } from '../../../src/jobs/request/request-fields.js';
import { validateRequest } from '../../../src/validation/validate-request.js';
import { GOOD, NOW, RULES, validate } from './rules.js';
import { fc } from '../../support/properties.js';

describe('validateRequest', () => {
  it('turns valid fields into a request', () => {
    expect(validate({ timeZone: 'Europe/Vienna' })).toEqual({
      ok: true,
      isFirstOfTwo: false,
      askedFor: null,
      request: {
        query: 'red panda',
        count: 12,
        dueAt: NOW,
        startsNow: true,
        timeZone: 'Europe/Vienna',
        filters: {},
        engines: [],
        recipients: [{ channel: 'email', address: 'ana@example.org' }],
      },
    });
  });

  it('names every problem at once, each with words that say what to do', () => {
    const raw = {
      query: ' ',
      count: '0',
      email: 'ana',
      date: '2026-02-30',
      time: '25:00',
      timeZone: 'Mars/Phobos',
      ...Object.fromEntries(
        ['prefix', 'suffix', ...FILTER_FIELDS, ...OUTPUT_FIELDS].map((name) => [name, '?'.repeat(101)]),
      ),
    };
    const result = validate(raw);
    const problems = result.ok ? [] : result.problems;
    expect(problems.map(({ field }) => field).toSorted()).toEqual(
      FIELD_NAMES.filter((name) => name !== 'queries').toSorted(),
    );
    for (const { message } of problems) expect(message).toMatch(/^[A-Z“].*\.$/);
    expect(JSON.stringify(problems)).not.toMatch(/\{\w+\}/);
  });

  it('orders filters and options in one way, whatever their order in the request', () => {
    const given = {
      namePattern: '{number}',
      withoutSites: 'b.example',
      sites: 'a.example',
      exactSize: '2000x1000',
      fileType: 'png',
      safe: 'strict',
      aspect: 'wide',
      color: 'red',
      minWidth: 800,
      longestSide: 600,
      convert: 'jpeg',
      stripMetadata: true,
    };
    const result = validate(given);
    const { filters, output } = result.ok ? result.request : {};
    expect(JSON.stringify([filters, output])).toBe(
      '[{"minWidth":800,"color":"red","aspect":"wide","safe":"strict","fileType":"png","exactWidth":2000,"exactHeight":1000,' +
        '"sites":["a.example"],"withoutSites":["b.example"]},' +
        '{"convert":"jpeg","longestSidePx":600,"stripMetadata":true,"namePattern":"{number}"}]',
    );
  });

  it('accepts a request without an e-mail address, with no recipient', () => {
    expect(validate({ email: '' })).toMatchObject({ ok: true, request: { recipients: [] } });
  });

  it('suggests the nearest field for an unknown name', () => {
    const result = validate({ cuont: 3, timezone: 'UTC', colour: 'red', flavour: 'red' });
    expect(result).toMatchObject({
      ok: false,
      problems: [
        { field: 'cuont', code: 'field.unknown_near', message: expect.stringContaining('“count”') },
        { field: 'timezone', code: 'field.unknown_near', message: expect.stringContaining('“timeZone”') },
        { field: 'colour', code: 'field.unknown_near', message: expect.stringContaining('“color”') },
        { field: 'flavour', code: 'field.unknown' },
      ],
    });
  });

  it('reports only one problem for an unknown name', () => {
    const result = validateRequest({ ...GOOD, when: 'tomorrow' }, RULES, { refusesUnknown: true });
    expect(result).toMatchObject({ ok: false, problems: [{ field: 'when', code: 'field.unknown' }] });
  });

  it('ignores unknown names if the door allows them', () => {
    const raw = { ...GOOD, nonce: 'x', __proto__x: 1 };
    expect(validateRequest(raw, RULES, { refusesUnknown: false }).ok).toBe(true);
  });

  it('ignores inherited fields', () => {
    const inherited: Record<string, unknown> = Object.create({ query: 'inherited' });
    Object.assign(inherited, { count: 1, email: 'ana@example.org' });
    const polluted: Record<string, unknown> = JSON.parse('{"__proto__": {"query": "x"}, "count": 1}');
    expect(validateRequest(inherited, RULES, { refusesUnknown: true }).ok).toBe(false);
    expect(validateRequest(polluted, RULES, { refusesUnknown: true })).toMatchObject({ ok: false });
    expect(Object.hasOwn(Object.prototype, 'query')).toBe(false);
  });

  it('returns a request or problems for any value in any field, and never throws', () => {
    const fields = fc.record(Object.fromEntries(FIELD_NAMES.map((name) => [name, fc.anything()])));
    fc.assert(
      fc.property(fields, (raw) => {
        const result = validateRequest(raw, RULES, { refusesUnknown: true });
        expect(result.ok || result.problems.length > 0).toBe(true);
      }),
    );
  });

  it('handles huge inputs quickly and answers briefly', () => {
    const huge = 'x'.repeat(1_000_000);
    const names = Object.fromEntries(
      Array.from({ length: 5000 }, (_, i) => [`${huge.slice(0, 1000)}${i}`, 1]),
    );
    const result = validate({ ...names, query: huge, count: huge, email: `${huge}@${huge}`, date: huge });
    expect(JSON.stringify(result).length).toBeLessThan(10_000);
  });
});
