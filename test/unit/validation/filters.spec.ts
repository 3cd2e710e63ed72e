import { unservedFilters } from '../../../src/validation/engines-for-filters.js';
import { FILTER_FIELDS, OUTPUT_FIELDS } from '../../../src/jobs/request/request-fields.js';
import type { RawFields } from '../../../src/validation/problem.js';
import type { RequestRules } from '../../../src/validation/checked-request.js';
import { validate, verdict } from './rules.js';
import { fc } from '../../support/properties.js';

function asked(over: RawFields): unknown {
  const result = validate(over);
  return result.ok ? result.request : result.problems;
}

function messages(over: RawFields, rules: Partial<RequestRules> = {}): string[] {
  const result = validate(over, rules);
  return result.ok ? [] : result.problems.map(({ message }) => message);
}

describe('the filters of a request', () => {
  it('are read from every field', () => {
    const raw = {
      size: 'large',
      minWidth: '800',
      minHeight: 600,
      color: 'Grey',
      type: 'photo',
      aspect: 'wide',
      licence: 'commercial-modification',
      age: 'year',
      sites: 'https://www.Example.org/page, müsli.example',
      withoutSites: ['bad.example'],
      safe: 'strict',
      fileType: 'JPG',
      engines: 'ddg, Google',
    };
    expect(asked({ ...raw, type: 'photo' })).toMatchObject({
      filters: {
        size: 'large',
        minWidth: 800,
        minHeight: 600,
        color: 'gray',
        type: 'photo',
        aspect: 'wide',
        licence: 'commercial_modification',
        age: 'year',
        sites: ['example.org', 'xn--msli-0ra.example'],
        withoutSites: ['bad.example'],
        safe: 'strict',
        fileType: 'jpeg',
      },
      engines: ['duckduckgo', 'google'],
    });
    expect(asked({ exactSize: '1920 × 1080' })).toMatchObject({
      filters: { exactWidth: 1920, exactHeight: 1080 },
    });
  });

  it('are empty if the fields are blank or `any`', () => {
    const blank = Object.fromEntries([...FILTER_FIELDS, ...OUTPUT_FIELDS].map((name) => [name, ' ']));
    expect(asked({ ...blank, size: 'any' })).toMatchObject({ filters: {}, engines: [] });
    expect(asked(blank)).not.toHaveProperty('output');
  });

  it.each([
    [{ size: 'lrage' }, 'size choice.unknown_near', 'Did you mean “large”?'],
    [{ size: 'gigantic' }, 'size choice.unknown', 'small, medium, large'],
    [{ minWidth: '0' }, 'minWidth pixels.not_whole', 'from 1 to 20000'],
    [{ minHeight: '8.5' }, 'minHeight pixels.not_whole', 'whole number'],
    [{ exactSize: '1920' }, 'exactSize exactSize.invalid', '1920x1080'],
    [{ exactSize: '0x10' }, 'exactSize exactSize.invalid', '1920x1080'],
    [{ sites: 'localhost' }, 'sites sites.not_a_site', '“localhost”'],
    [{ withoutSites: { a: 1 } }, 'withoutSites field.not_text', 'plain text'],
    [
      { sites: Array.from({ length: 21 }, (_, i) => `a${i}.example`) },
      'sites sites.too_many',
      'at most 20 sites',
    ],
    [{ engines: 'gogle' }, 'engines engines.unknown_near', '“google”'],
    [{ engines: 'altavista' }, 'engines engines.unknown', 'google, bing'],
  ])('say of %j what to do', (raw, code, words) => {
    expect(verdict(raw)).toEqual([code]);
    expect(messages(raw)[0]).toContain(words);
  });

  it('refuse an engine that is not in use', () => {
    const rules = { engines: ['bing'] as const };
    expect(verdict({ engines: 'google' }, rules)).toEqual(['engines engines.not_here']);
    expect(messages({ engines: 'google' }, rules)).toEqual([
      'Google is not in use here. Choose among: bing.',
    ]);
  });

  it.each([
    [{ exactSize: '640x480', minWidth: 800 }, ['minWidth minimum.above_exact']],
    [{ exactSize: '640x480', minHeight: 481 }, ['minHeight minimum.above_exact']],
    [{ exactSize: '640x480', size: 'large' }, ['size size.contradicts']],
    [{ exactSize: '640x480', aspect: 'tall' }, ['aspect aspect.contradicts']],
    [{ size: 'small', minWidth: 500 }, ['size size.contradicts']],
    [{ size: 'medium', minHeight: 1024 }, ['size size.contradicts']],
    [{ type: 'animated', fileType: 'jpeg' }, ['fileType fileType.not_animated']],
    [{ color: 'transparent', fileType: 'jpeg' }, ['fileType fileType.not_transparent']],
    [{ sites: 'a.example', withoutSites: 'a.example' }, ['withoutSites sites.in_both']],
    [{ sites: 'b.a.example', withoutSites: 'a.example' }, ['withoutSites sites.in_both']],
  ])('contradict each other in %j', (raw, problems) => {
    expect(verdict(raw)).toEqual(problems);
  });

  it.each([
    { exactSize: '640x480', minWidth: 640, minHeight: 480, size: 'medium', aspect: 'wide' },
    { exactSize: '2000x1000', aspect: 'panoramic' },
    { exactSize: '2000x1000', aspect: 'wide' },
    { size: 'medium', minWidth: 1023 },
    { type: 'animated', fileType: 'webp' },
    { sites: 'a.example', withoutSites: 'b.a.example' },
  ])('do not contradict each other in %j', (raw) => {
    expect(verdict(raw)).toEqual(['now']);
  });

  it('are refused if no asked engine can honour one of them, with the engines that can', () => {
    const raw = { age: 'week', engines: 'openverse,commons' };
    expect(verdict(raw)).toEqual(['age filter.no_engine']);
    expect(messages(raw)).toEqual([
      'Openverse, Wikimedia Commons cannot tell which images are “from the last week”. Clear this, or ask Google, Bing, DuckDuckGo.',
    ]);
    expect(messages(raw, { engines: ['openverse', 'commons'] })).toEqual([
      'Openverse, Wikimedia Commons cannot tell which images are “from the last week”. Clear this.',
    ]);
  });

  it('are refused if no asked engine has such images', () => {
    expect(messages({ fileType: 'avif', engines: 'openverse' })).toEqual([
      'There are no “AVIF files” at Openverse. Clear this, or ask Google, Bing, DuckDuckGo, Wikimedia Commons.',
    ]);
  });

  it('are refused if no engine can honour all of them together', () => {
    const unsupported = (engine: string) => (engine === 'commons' ? (['type'] as const) : (['age'] as const));
    const filters = { type: 'photo', age: 'week' } as const;
    const problems = unservedFilters(
      filters,
      ['commons', 'openverse'],
      ['commons', 'openverse'],
      unsupported,
    );
    expect(problems.engines).toMatchObject({
      code: 'filters.no_engine_for_all',
      facts: { demands: '“photos”, “from the last week”', instead: '' },
    });
  });

  it('pass if one of several engines can honour them', () => {
    expect(verdict({ age: 'week', engines: 'commons,google' })).toEqual(['now']);
  });
});

describe('the options of the zip', () => {
  it('are read from every field', () => {
    const raw = {
      convert: 'WebP',
      longestSide: '1600 px',
      stripMetadata: 'on',
      allowThumbnails: 'yes',
      namePattern: '{site}_{number}',
      layout: 'Folders',
      validation: '20 %',
      seed: '2147483647',
    };
    expect(asked(raw)).toMatchObject({
      output: {
        convert: 'webp',
        longestSidePx: 1600,
        stripMetadata: true,
        allowThumbnails: true,
        namePattern: '{site}_{number}',
        layout: 'folders',
        validation: 20,
        seed: 2_147_483_647,
      },
    });
  });

  it.each([
    [{ convert: 'gif' }, 'convert choice.unknown', 'jpeg, png, webp'],
    [{ longestSide: 8 }, 'longestSide pixels.not_whole', 'from 16'],
    [{ stripMetadata: 'perhaps' }, 'stripMetadata flag.unclear', 'yes or no'],
    [{ layout: 'imagefolder' }, 'layout choice.unknown', 'flat, folders, huggingface'],
    [{ layout: 'folders', validation: 51 }, 'validation percent.not_whole', 'from 1 to 50'],
    [{ layout: 'folders', validation: '0' }, 'validation percent.not_whole', 'percent'],
    [
      { layout: 'folders', validation: 9, seed: '2147483648' },
      'seed number.not_whole',
      'from 0 to 2147483647',
    ],
    [{ validation: 20 }, 'validation validation.needs_folders', '(folders)'],
    [{ layout: 'flat', validation: 20 }, 'validation validation.needs_folders', 'or clear this'],
    [{ layout: 'folder', validation: 20 }, 'layout choice.unknown_near', 'Did you mean “folders”?'],
    [{ layout: 'folders', validation: 51, seed: 1 }, 'validation percent.not_whole', 'from 1 to 50'],
    [{ layout: 'folders', seed: 1 }, 'seed seed.without_split', 'Give a share for validation'],
    [{ namePattern: '{titel}' }, 'namePattern namePattern.unknown_near', 'Did you mean “{title}”?'],
    [{ namePattern: '{artist}' }, 'namePattern namePattern.unknown_place', '{number} {title}'],
    [{ namePattern: '{number' }, 'namePattern namePattern.open_brace', '{number}-{title}'],
    [{ namePattern: '../{title}' }, 'namePattern namePattern.characters', 'letters, digits'],
    [{ namePattern: 'x'.repeat(101) }, 'namePattern namePattern.too_long', '100 characters'],
  ])('say of %j what to do', (raw, code, words) => {
    expect(verdict(raw)).toEqual([code]);
    expect(messages(raw)[0]).toContain(words);
  });

  it('answer any text with a request or with problems in whole sentences', () => {
    const names = [...FILTER_FIELDS, ...OUTPUT_FIELDS];
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.string({ unit: 'grapheme' }), (name, text) => {
        for (const message of messages({ [name]: text })) expect(message).toMatch(/^[A-Z“].*[.?]$/su);
      }),
    );
  });
});
