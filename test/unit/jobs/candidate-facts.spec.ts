import {
  boundedCandidate,
  boundedText,
  boundedUrl,
  MAX_DATA_URL_LENGTH,
  MAX_URL_LENGTH,
} from '../../../src/jobs/candidate-facts.js';
import { sampleCandidate } from '../../support/sample-jobs.js';

const MEGABYTE = 1_000_000;
const FAMILY = '👨‍👩‍👧';

describe('a stated text', () => {
  it.each([
    ['Red panda', 'Red panda'],
    ['  Red\r\n\u0000panda\u2028 ', 'Red panda'],
    ['\u202Egpj.adnap\u202C', 'gpj.adnap'],
    ['\u2067\u0627\u2069 \u2066b\u2069', '\u0627 b'],
    ['\u200Fשלום, עולם\u200F \u061C\u0627', '\u200Fשלום, עולם\u200F \u061C\u0627'],
    ['half \uD83D', 'half \uFFFD'],
    ['\u202E \u0007', null],
    ['', null],
    [null, null],
  ])('%j is kept as %j', (text, kept) => expect(boundedText(text, 50)).toBe(kept));

  it.each([
    ['between letters', 'abcdefgh', 'abcde…'],
    ['without a space at the end', 'abcd efgh', 'abcd…'],
    ['before a character of several units', `abcd${FAMILY}${FAMILY}`, 'abcd…'],
    ['before a letter with accents', 'abcde\u0301\u0302fg', 'abcd…'],
    ['within a heap of accents', `a${'\u0301'.repeat(99)}`, `a${'\u0301'.repeat(4)}…`],
    ['not within a pair', `👩${'\u200D👩'.repeat(9)}`, `👩\u200D👩…`],
  ])('that is too long is cut %s', (_where, text, kept) => expect(boundedText(text, 6)).toBe(kept));

  it.each(['a', '熊', '👩\u200D', 'a\u0301', '\u202E', ' ', '\uD83D'])(
    'of a megabyte of %j is short',
    (part) => {
      const kept = boundedText(part.repeat(MEGABYTE / part.length), 500) ?? '';
      expect(kept.length).toBeLessThanOrEqual(500);
      expect(kept.isWellFormed()).toBe(true);
    },
  );
});

describe('a stated address', () => {
  it.each([
    ['https://a.test/ü?b=1#c', 'https://a.test/ü?b=1#c'],
    ['https://a.test/\u202Egpj', 'https://a.test/%E2%80%AEgpj'],
    ['https://a.test/\u2028b\nc', 'https://a.test/%E2%80%A8bc'],
    [null, null],
  ])('%j is kept as %j', (url, kept) => expect(boundedUrl(url)).toBe(kept));

  it('still leads to the same place', () => {
    const url = 'https://a.test/\u202E\u0001\u2029/a b\t\r\nc?\u2066';
    expect(new URL(boundedUrl(url) ?? '').href).toBe(new URL(url).href);
  });

  it.each([
    ['https://a.test/', MAX_URL_LENGTH],
    ['data:image/png;base64,', MAX_DATA_URL_LENGTH],
  ])('%s… is kept whole or not at all', (start, most) => {
    const longest = start.padEnd(most, 'a');
    expect(boundedUrl(longest)).toBe(longest);
    expect(boundedUrl(`${longest}a`)).toBeNull();
  });

  it('is not kept if it is too long with its escapes', () => {
    expect(boundedUrl(`https://a.test/${'\u202E'.repeat(MAX_URL_LENGTH / 4)}`)).toBeNull();
  });
});

describe('a candidate', () => {
  it('is kept unchanged if all facts can be kept', () => {
    const licence = { name: 'CC BY 4.0', url: 'https://cc.example/', credit: 'Ann' };
    const candidate = sampleCandidate(1, { licence, previewUrl: 'data:image/png;base64,AA' });
    expect(boundedCandidate(candidate)).toEqual(candidate);
  });

  it('has no fact above its maximum length', () => {
    const long = 'a'.repeat(MEGABYTE);
    const url = `https://a.test/${long}`;
    const bounded = boundedCandidate({
      ...sampleCandidate(1),
      sourceId: long,
      imageUrl: url,
      previewUrl: `data:image/png;base64,${long}`,
      pageUrl: url,
      title: long,
      site: long,
      claimed: { width: Infinity, height: 1 },
      licence: { name: long, url, credit: long },
    });
    expect(bounded).toMatchObject({
      sourceId: 'a'.repeat(MAX_URL_LENGTH),
      imageUrl: null,
      previewUrl: null,
      pageUrl: null,
      title: `${'a'.repeat(499)}…`,
      site: `${'a'.repeat(252)}…`,
      claimed: null,
      licence: { name: `${'a'.repeat(199)}…`, url: null, credit: `${'a'.repeat(999)}…` },
    });
  });

  it('has no licence if none of its facts can be kept', () => {
    const licence = { name: '\u202E', url: `https://a.test/${'a'.repeat(MEGABYTE)}`, credit: null };
    expect(boundedCandidate(sampleCandidate(1, { licence })).licence).toBeNull();
  });
});
